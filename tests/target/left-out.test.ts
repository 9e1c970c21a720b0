import { expect, test } from 'vitest';
import { prettyFidelity } from '../../src/report/fidelity.ts';
import type { RoleDefinition } from '../../src/schema/generated/definitions.ts';
import { builtinTarget } from '../../src/target/builtin.ts';
import { compile } from '../../src/target/compile.ts';
import type { Plan } from '../../src/target/target.ts';
import { filesOf, importProject } from '../import/back.ts';
import { loadText } from '../memory.ts';

/** What a target makes of a team of one role. */
function planOf(role: RoleDefinition, target: string): Plan {
  const { team } = loadText(
    JSON.stringify({ teamc: 1, name: 'one', roles: { keeper: { description: 'Keeps.', ...role } } }),
  );
  return compile(team, builtinTarget(target)!);
}

/** What the report says of a role's tools. */
function toolRows({ fidelity }: Plan): readonly string[] {
  return fidelity
    .filter(({ feature }) => feature === 'tools' || feature.startsWith('tools.'))
    .map(({ feature, level, because }) => [feature, level, because].filter(Boolean).join(' · '));
}

const EVERYWHERE: RoleDefinition = { tools: ['read', 'fetch', 'browser', 'notebook', 'complete'] };

test.each([
  [
    'claude-code',
    [
      'tools · native',
      'tools.browser · lost · Claude Code has no such tool',
      'tools.complete · lost · Every agent can finish, and no file gives it or takes it away',
    ],
  ],
  [
    'opencode',
    [
      'tools · native',
      'tools.browser · lost · opencode has no such tool',
      'tools.notebook · lost · opencode has no such tool',
      'tools.complete · lost · Every agent can finish, and no file gives it or takes it away',
    ],
  ],
  [
    'roo',
    [
      'tools · prose · The group that is needed also brings search',
      'tools.fetch · lost · Roo Code has no such tool',
      'tools.browser · lost · Roo Code has no such tool',
      'tools.notebook · lost · Roo Code has no such tool',
      'tools.complete · lost · Every agent can finish, and no file gives it or takes it away',
    ],
  ],
])('%s calls each tool lost that it does not have', (target, rows) => {
  expect(toolRows(planOf(EVERYWHERE, target))).toEqual(rows);
});

test('what is left out stands in the summary of a build', () => {
  const { fidelity } = planOf(EVERYWHERE, 'opencode');
  const { manifest } = builtinTarget('opencode')!;
  const text = prettyFidelity({ manifest: { ...manifest, holes: [] }, fidelity, roles: 1 }, { color: 0, columns: 100 });
  expect(text).toBe(
    [
      'opencode',
      '  left out',
      '    tools.browser, tools.notebook  1 role  opencode has no such tool',
      '    tools.complete                 1 role  Every agent can finish, and no file gives it or takes it',
      '                                           away',
      '',
    ].join('\n'),
  );
});

test('a mode of Roo is told which of the tools that it has its role does not', () => {
  const plan = planOf({ tools: ['read', 'search', 'todo', 'mcp:ledger/query'] }, 'roo');
  expect(toolRows(plan)).toEqual([
    'tools · prose · Every mode can ask, finish, switch modes, keep a list of todos and use skills',
  ]);
  expect(plan.files.find(({ path }) => path.endsWith('instructions.md'))?.content).toBe(
    [
      '# keeper',
      '',
      '## Limited to',
      '',
      '- `mcp:ledger/query`',
      '',
      '## Do without',
      '',
      '- `switch-role`',
      '- `ask-user`',
      '- `skill`',
      '',
      '<!-- teamc: generated from team.yaml; edit that file and build again -->',
      '',
    ].join('\n'),
  );
  expect(importProject(filesOf(plan)).loaded.team.roles.get('keeper')?.fields.tools).toEqual([
    'read',
    'search',
    'todo',
    'mcp:ledger/query',
  ]);
});

test('a mode of Roo whose role has all that modes have does without nothing', () => {
  const plan = planOf({ tools: ['read', 'search', 'ask-user', 'switch-role', 'todo', 'skill'] }, 'roo');
  expect(toolRows(plan)).toEqual(['tools · native']);
  expect(plan.files.map(({ content }) => content).join()).not.toContain('Do without');
});

const OUTSIDE =
  'tools.edit · lost · Its rules deny every path of the project, so it is left out, for paths outside too';

test.each([
  // Denied everywhere is what a role without the tool gets, so nothing is lost.
  [[{ deny: '*' }], []],
  [[{ deny: '**' }], [OUTSIDE]],
  [[{ allow: '*' }, { deny: '**' }], [OUTSIDE]],
  [[{ ask: '/data/**' }, { deny: '**' }], [OUTSIDE]],
  [[{ deny: '*' }, { ask: '/data/**' }], []],
  [[{ deny: '**' }, { deny: '*' }], []],
  [[{ deny: '**' }, { ask: 'docs/**' }], []],
])(
  'a tool with the rules %j is called lost only where it is left out and a path outside was not denied',
  (edit, lost) => {
    for (const target of ['claude-code', 'opencode', 'roo'])
      expect(
        toolRows(
          planOf({ tools: ['read', 'search', 'edit'], permissions: [{ edit }] } as RoleDefinition, target),
        ).slice(1),
      ).toEqual(lost);
  },
);

test.each(['claude-code', 'opencode'])('%s gives all of MCP as far as its servers have a name', (target) => {
  const whole = planOf({ tools: ['mcp'], 'mcp-servers': { ledger: 'Queries' } }, target);
  expect(toolRows(whole)).toEqual([
    'tools · native',
    'tools.mcp · lost · Servers are given by name, and only those under mcp-servers have one here',
  ]);
  expect(toolRows(planOf({ tools: ['mcp:ledger'] }, target))).toEqual(['tools · native']);
});
