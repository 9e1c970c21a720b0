import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { atoms } from '../../src/pattern/atoms.ts';
import { decide } from '../../src/pattern/decide.ts';
import { decideCommand } from '../../src/pattern/decide-command.ts';
import { builtinTarget } from '../../src/target/builtin.ts';
import { compile } from '../../src/target/compile.ts';
import { decisionOf, judge } from '../../src/target/guard/judge.ts';
import type { Kind } from '../../src/target/guard/match.ts';
import type { GuardTable, HookInput } from '../../src/target/guard/table.ts';
import type { Target } from '../../src/target/target.ts';
import { domainOf } from '../../src/target/usable.ts';
import { policyOf } from '../../src/team/policy.ts';
import { readTeam } from '../../src/team/read.ts';
import type { Team } from '../../src/team/team.ts';
import { TOOLS, type Tool } from '../../src/team/tools.ts';
import { Disk } from '../../src/workspace/disk.ts';
import { loadText } from '../memory.ts';

/** Delegation has a test of its own. */
const JUDGED = (Object.keys(TOOLS) as Tool[]).filter((tool) => tool !== 'delegate');

const runs = Number(process.env['TEAMC_SOAK'] ?? 1);
const where = { project: '/project', home: '/home/me' };

function filesOf(team: Team): ReadonlyMap<string, string> {
  const plan = compile(team, builtinTarget('claude-code') as Target);
  return new Map(plan.files.map(({ path, content }) => [path, content]));
}

function tableOf(team: Team): GuardTable {
  return JSON.parse(filesOf(team).get('.claude/hooks/teamc-policy.json')!) as GuardTable;
}

describe.each(readdirSync('teams'))('the guard of %s', (name) => {
  const { team } = readTeam(`teams/${name}/team.yaml`, new Disk(process.cwd()));
  const table = tableOf(team);

  test('knows every role', () => {
    expect(Object.keys(table.roles)).toEqual([...team.roles.keys()].map((id) => id.replaceAll('/', '-')));
  });

  test.each(JUDGED)('and the permission engine agree on every atom of %s', (tool) => {
    const roles = [...team.roles.values()];
    const found = atoms(
      roles.map((role) => policyOf(role, tool)),
      domainOf(tool),
    );
    if (found === 'undecided') throw new Error('The budget is too small for this team.');
    const asked = found.flatMap(({ witness, decisions }) =>
      roles.map((role, index) => ({ role, witness, engine: decisions[index] })),
    );
    const disagreements = asked.filter(({ role, witness, engine }) => {
      const row = table.roles[role.id.replaceAll('/', '-')]!;
      return decisionOf(row, tool, TOOLS[tool] as Kind, witness) !== engine;
    });
    expect(disagreements.map(({ role, witness, engine }) => [role.id, witness, engine])).toEqual([]);
    expect(asked.length).toBeGreaterThanOrEqual(roles.length);
  });

  test('lets each role start its own delegates and nobody else, built-in agents included', () => {
    const idOf = (id: string): string => id.replaceAll('/', '-');
    const others = [...team.roles.keys(), 'general-purpose', 'Explore', ''].map(idOf);
    for (const role of team.roles.values()) {
      const decided = others.map(
        (other) => judge(call('Agent', { subagent_type: other }, idOf(role.id)), table, where).decision,
      );
      const meant = others.map((other) => {
        const id = [...team.roles.keys()].find((full) => idOf(full) === other) ?? other;
        return decide(policyOf(role, 'delegate'), id).decision;
      });
      expect(decided).toEqual(meant);
    }
  });
});

const LETTERS = ['a', '/', '*', '?', ' ', '.', '-'];
const patterns = fc.array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 7 }).map((parts) => parts.join(''));
const texts = fc.array(fc.constantFrom('a', '/', ' ', '.', '-', 'b'), { maxLength: 9 }).map((parts) => parts.join(''));

test.each([
  ['command', 'shell'],
  ['path', 'edit'],
  ['url', 'fetch'],
  ['name', 'skill'],
] as const)('random rules for %s mean the same in the guard and in the engine', (kind, tool) => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(patterns, fc.constantFrom('allow', 'ask', 'deny')), { maxLength: 5 }),
      texts,
      (rules, argument) => {
        const text = kind === 'url' ? `https://${argument}` : argument;
        const lists = [
          {
            rules: rules.map(
              ([pattern, decision]) => [kind === 'url' ? `https://${pattern}` : pattern, decision] as never,
            ),
            otherwise: 'ask',
          },
        ] as const;
        const engine = {
          lists: [
            {
              otherwise: 'ask',
              rules: rules.map(([pattern, decision]) => ({
                dialect: kind,
                pattern: kind === 'url' ? `https://${pattern}` : pattern,
                decision,
              })),
            },
          ],
        } as const;
        expect(decisionOf({ tools: { [tool]: lists } }, tool, kind, text)).toBe(decide(engine as never, text).decision);
      },
    ),
    { numRuns: 3000 * runs },
  );
});

const COMMANDS = [
  'npm test',
  'npm test && terraform apply',
  'terraform apply',
  '"terraform" apply',
  'FOO=1 npm test',
  'echo hi > notes.txt',
  'echo hi > src/a.txt',
  'sh -c "terraform apply"',
  'npm  test',
  'eval terraform',
  '$cmd',
  'npm test; npm run build | cat',
  'echo $(terraform apply)',
  'npm test "',
  '',
];

test.each(COMMANDS)('the command line %j is decided as the engine decides it', (line) => {
  const { team } = loadText(`teamc: 1
name: t
entry: dev
roles:
  dev:
    description: Develops.
    tools: [shell, edit]
    permissions:
      - shell: [{ ask: "*" }, { allow: ["npm *", "echo *", cat, "sh *"] }, { deny: "terraform *" }]
        edit: [{ deny: "*" }, { allow: "src/**" }]
`);
  const role = team.roles.get('dev')!;
  const expected = decideCommand(policyOf(role, 'shell'), line, policyOf(role, 'edit')).decision;
  expect(judge(call('Bash', { command: line }, 'dev'), tableOf(team), where).decision).toBe(expected);
});

test.each<readonly [Kind, string, string]>([
  ['path', '*a*a*a*a*a*a*b', 'a'.repeat(5_000)],
  ['path', '**/a/**/a/**/a/**/b', 'a/'.repeat(5_000)],
  ['url', 'https://*a*a*a*a*a*b/*', `https://${'a'.repeat(5_000)}`],
  ['command', '*a*a*a*a*a*b', 'a'.repeat(5_000)],
])('a %s that nearly fits the pattern %j keeps the guard busy for no longer than others', (kind, pattern, argument) => {
  const start = process.cpuUsage();
  expect(decisionOf({ tools: { x: [{ rules: [[pattern, 'deny']], otherwise: 'ask' }] } }, 'x', kind, argument)).toBe(
    'ask',
  );
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(1_000);
});

describe('the guard as a hook', () => {
  const folder = mkdtempSync(join(tmpdir(), 'teamc-guard-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const { team } = loadText(`teamc: 1
name: t
entry: lead
people: { boss: {} }
roles:
  lead:
    description: Leads.
    tools: [read, search, fetch, skill]
    permissions:
      - fetch: [{ allow: "*" }, { deny: "https://evil.example/*" }]
        search: { deny: secrets/** }
    delegates-to: [{ role: dev, for: code }, { role: ops, for: releases, approval: boss }]
  dev:
    description: Develops.
    tools: [read, edit, shell]
    permissions:
      - shell: [{ ask: "*" }, { allow: "npm *" }, { deny: "terraform *", because: infrastructure belongs to ops, instead: ops }]
        edit: [{ deny: "*" }, { allow: [src/**, "~/notes/*"] }]
  ops: { description: Operates., tools: shell }
`);
  const files = filesOf(team);
  const script = join(folder, 'teamc-guard.mjs');
  writeFileSync(script, files.get('.claude/hooks/teamc-guard.mjs')!);
  writeFileSync(join(folder, 'teamc-policy.json'), files.get('.claude/hooks/teamc-policy.json')!);

  const run = (input: unknown, at = script): unknown => {
    const text = typeof input === 'string' ? input : JSON.stringify(input);
    const { stdout, status } = spawnSync(process.execPath, [at], {
      input: text,
      encoding: 'utf8',
      env: { ...process.env, CLAUDE_PROJECT_DIR: '/project' },
    });
    const answer =
      stdout === ''
        ? undefined
        : (
            JSON.parse(stdout) as {
              hookSpecificOutput: { permissionDecision: string; permissionDecisionReason: string };
            }
          ).hookSpecificOutput;
    return [status, answer?.permissionDecision, answer?.permissionDecisionReason];
  };

  test.each<[string, unknown, unknown]>([
    ['allows by saying nothing', call('Bash', { command: 'npm test' }, 'dev'), [0, undefined, undefined]],
    [
      'denies with the reason of the rule',
      call('Bash', { command: 'npm test && terraform apply' }, 'dev'),
      [0, 'deny', 'teamc: deny shell:terraform * (infrastructure belongs to ops; hand it to ops)'],
    ],
    ['asks where the team asks', call('Bash', { command: 'ls' }, 'dev'), [0, 'ask', 'teamc: ask shell:*']],
    ['knows the project', call('Write', { file_path: '/project/src/a.ts' }, 'dev'), [0, undefined, undefined]],
    [
      'sees through dots',
      call('Edit', { file_path: '/project/src/../package.json' }, 'dev'),
      [0, 'deny', 'teamc: deny edit:*'],
    ],
    [
      'knows the home folder',
      call('Edit', { file_path: join(homedir(), 'notes/a') }, 'dev'),
      [0, undefined, undefined],
    ],
    [
      'denies a tool that the role does not have',
      call('Write', { file_path: '/project/src/a.ts' }, 'ops'),
      [0, 'deny', 'teamc: this role does not have the tool edit'],
    ],
    ['lets an edge pass', call('Agent', { subagent_type: 'dev' }, 'lead'), [0, undefined, undefined]],
    [
      'asks over an edge with an approval',
      call('Agent', { subagent_type: 'ops' }, 'lead'),
      [0, 'ask', 'teamc: ask delegate:ops'],
    ],
    [
      'denies what is no edge',
      call('Agent', { subagent_type: 'lead' }, 'dev'),
      [0, 'deny', 'teamc: no rule of this role for delegate covers "lead"'],
    ],
    ['denies nothing but what a line does', call('Bash', { command: '> src/empty' }, 'dev'), [0, undefined, undefined]],
    [
      'asks where a file is written after a change of folder',
      call('Bash', { command: 'cd infra && npm x > src/a' }, 'dev'),
      [0, 'ask', expect.stringMatching(/^teamc: /)],
    ],
    [
      'asks about a skill that it cannot find',
      call('Skill', { skill: 'nowhere' }, 'lead'),
      [0, 'ask', "teamc: whether the skill nowhere starts an agent of its own can't be seen"],
    ],
    [
      'sees through other ways of writing a URL',
      call('WebFetch', { url: 'http://EVIL.example:80' }, 'lead'),
      [0, 'deny', 'teamc: deny fetch:https://evil.example/*'],
    ],
    [
      'sees what is in a folder that is searched',
      call('Grep', { pattern: 'key', path: '/project/secrets' }, 'lead'),
      [0, 'deny', 'teamc: deny search:secrets/**'],
    ],
    [
      'sees what a glob spells out',
      call('Glob', { pattern: 'secrets/*.pem' }, 'lead'),
      [0, 'deny', 'teamc: deny search:secrets/**'],
    ],
    [
      'takes a missing agent for the general one',
      call('Task', { prompt: 'x' }, 'lead'),
      [0, 'deny', 'teamc: no rule of this role for delegate covers "general-purpose"'],
    ],
    [
      'leaves the person alone',
      { tool_name: 'Bash', tool_input: { command: 'terraform apply' } },
      [0, undefined, undefined],
    ],
    [
      'leaves agents from outside alone',
      call('Bash', { command: 'terraform apply' }, 'Explore'),
      [0, undefined, undefined],
    ],
    [
      'does not take a prototype for a role',
      call('Bash', { command: 'terraform apply' }, 'constructor'),
      [0, undefined, undefined],
    ],
    ['denies garbage', 'garbage', [0, 'deny', expect.stringContaining('teamc: the guard failed')]],
    ['denies a call without a tool', {}, [0, 'deny', 'teamc: the guard failed (the call has no tool)']],
    [
      'denies an argument of the wrong kind',
      call('Bash', { command: ['rm'] }, 'dev'),
      [0, 'deny', 'teamc: the guard failed (The argument of Bash is not a text)'],
    ],
  ])('%s', (_, input, expected) => {
    expect(run(input)).toEqual(expected);
  });

  test('denies when its table is missing', () => {
    const alone = join(mkdtempSync(join(folder, 'alone-')), 'teamc-guard.mjs');
    writeFileSync(alone, files.get('.claude/hooks/teamc-guard.mjs')!);
    expect(run(call('Bash', { command: 'npm test' }, 'dev'), alone)).toEqual([
      0,
      'deny',
      expect.stringContaining('the guard failed'),
    ]);
  });

  test('closes the team when asked to', () => {
    const table = { ...tableOf(team), closed: true };
    const decided = [undefined, 'Explore', 'dev'].map((agent) =>
      judge(call('Bash', { command: 'npm test' }, agent), table, where),
    );
    expect(decided).toEqual([
      { decision: 'deny', because: 'only agents of the team work here' },
      { decision: 'deny', because: '"Explore" is not an agent of the team' },
      { decision: 'allow', because: '' },
    ]);
  });
});

function call(tool_name: string, tool_input: Record<string, unknown>, agent_type?: string): HookInput {
  return { tool_name, tool_input, ...(agent_type === undefined ? {} : { agent_type }) };
}
