import { readFileSync } from 'node:fs';
import { customModesSettingsSchema } from '@roo-code/types';
import { Ajv } from 'ajv';
import matter from 'gray-matter';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { builtinTarget } from '../../src/target/builtin.ts';
import { compile } from '../../src/target/compile.ts';
import type { Plan, Target } from '../../src/target/target.ts';
import { loadText } from '../memory.ts';
import { EVERYTHING, sample } from './sample.ts';

const rooSchema = JSON.parse(readFileSync(new URL('fixtures/roomodes.schema.json', import.meta.url), 'utf8')) as object;

/** Text that platforms are known to trip over. */
const NASTY = [
  'a --- b',
  '---',
  'key: value # no comment',
  '"quoted" and \'single\'',
  'curly “quotes” and ’apostrophe’',
  '— a dash first',
  'zero\u200bwidth and joiner 👩\u200d💻',
  '*star @at `tick` %percent',
  'line\nbreak',
  '{a, b}: [c]',
  'true',
  '\u202ebidi',
  'trailing ',
  '\\n is two characters',
];

function planOf(target: string, description = EVERYTHING.description!): Plan {
  return compile(sample({ ...EVERYTHING, description }).team, builtinTarget(target) as Target);
}

function fileOf(plan: Plan, end: string): string {
  return plan.files.find(({ path }) => path.endsWith(end))!.content;
}

/** How Claude Code 2.1 cuts front matter from a file, before it parses the YAML. */
const CLAUDE = /^---\s*\n([\s\S]*?)---\s*\n?/;

/** Instructions and the first section, as they must stand below the front matter. */
const BODY = `# 📒 Ledger Keeper\n\n${EVERYTHING.instructions}\n\n## Mission\n\n- Every cent has a place.\n`;

describe('Claude Code', () => {
  const content = fileOf(planOf('claude-code'), 'keeper.md');

  test('reads the front matter that was meant, in its order', () => {
    const front = parse(CLAUDE.exec(content)![1]!) as object;
    expect(Object.entries(front)).toEqual([
      ['name', 'keeper'],
      [
        'description',
        'Keeps the "ledger": books, checks --- and closes. Use for: A booking looks wrong. Use PROACTIVELY.',
      ],
      [
        'tools',
        [
          'Read',
          'Grep',
          'Glob',
          'Edit',
          'Write',
          'Bash',
          'WebFetch',
          'WebSearch',
          'AskUserQuestion',
          'TodoWrite',
          'Skill',
          'NotebookEdit',
          'mcp__ledger__query',
          'Agent(clerk, auditor)',
        ],
      ],
      ['model', 'opus'],
      ['maxTurns', 12],
      ['color', 'green'],
      ['skills', ['closing']],
      ['effort', 'high'],
    ]);
  });

  test('reads the instructions to the letter', () => {
    expect(content.slice(CLAUDE.exec(content)![0].length).trimStart().startsWith(BODY)).toBe(true);
  });

  test('gives a role without tools an empty list, for an absent one means every tool', () => {
    expect(parse(CLAUDE.exec(fileOf(planOf('claude-code'), 'clerk.md'))![1]!)).toMatchObject({ tools: [] });
  });

  test.each(NASTY)('reads the description %j back', (text) => {
    const content = fileOf(planOf('claude-code', text), 'keeper.md');
    const { description, tools } = parse(CLAUDE.exec(content)![1]!) as { description: string; tools: unknown };
    expect(description).toBe(`${text.replace('\n', ' ').trim()} Use for: A booking looks wrong. Use PROACTIVELY.`);
    expect(tools).toContain('Bash');
  });

  test('the main role may start every role that can be reached', () => {
    expect(parse(CLAUDE.exec(fileOf(planOf('claude-code'), 'chief.md'))![1]!)).toMatchObject({
      tools: ['Read', 'Agent(keeper, clerk, auditor)'],
    });
  });
});

describe('opencode', () => {
  const read = (content: string): { data: Record<string, unknown>; content: string } =>
    matter(content, { engines: { javascript: refuse, js: refuse, json: refuse } }) as never;
  const file = read(fileOf(planOf('opencode'), 'keeper.md'));

  test('reads the front matter that was meant, permissions in their order', () => {
    const { permission, ...rest } = file.data as { permission: Record<string, unknown> };
    expect(rest).toEqual({
      description:
        'Keeps the "ledger": books, checks --- and closes. Use for: A booking looks wrong. Use it without being asked.',
      mode: 'all',
      model: 'anthropic/claude-opus-4-5',
      temperature: 0.2,
      steps: 12,
      color: '#16A34A',
      variant: 'thinking',
    });
    expect(ordered(permission)).toEqual([
      ['*', 'deny'],
      [
        'read',
        [
          ['*', 'allow'],
          ['*.env', 'ask'],
          ['*.env.*', 'ask'],
          ['*.env.example', 'allow'],
          ['secrets/*', 'deny'],
        ],
      ],
      ['glob', 'ask'],
      ['grep', 'ask'],
      ['list', 'ask'],
      [
        'edit',
        [
          ['*', 'deny'],
          ['books/*', 'allow'],
        ],
      ],
      [
        'bash',
        [
          ['*', 'ask'],
          ['ledger *', 'allow'],
          ['git status', 'allow'],
          ['ledger drop *', 'deny'],
        ],
      ],
      ['webfetch', 'allow'],
      ['websearch', 'allow'],
      ['ledger_query', 'allow'],
      ['question', 'ask'],
      ['todowrite', 'ask'],
      [
        'skill',
        [
          ['*', 'deny'],
          ['closing', 'allow'],
        ],
      ],
      [
        'task',
        [
          ['*', 'deny'],
          ['clerk', 'ask'],
          ['auditor', 'ask'],
        ],
      ],
      ['external_directory', 'ask'],
      ['doom_loop', 'ask'],
    ]);
  });

  test('reads the instructions to the letter', () => {
    expect(file.content.trimStart().startsWith(BODY)).toBe(true);
  });

  test.each(NASTY)('reads the description %j back', (text) => {
    const { data } = read(fileOf(planOf('opencode', text), 'keeper.md'));
    expect(data['description']).toBe(
      `${text.replace('\n', ' ').trim()} Use for: A booking looks wrong. Use it without being asked.`,
    );
    expect(Object.keys(data['permission'] as object)[0]).toBe('*');
  });

  test('nests as deep as the team delegates, and starts with the entry', () => {
    expect(JSON.parse(fileOf(planOf('opencode'), 'opencode.json'))).toEqual({
      $schema: 'https://opencode.ai/config.json',
      default_agent: 'chief',
      subagent_depth: 2,
    });
  });
});

describe('Roo', () => {
  const strict = new Ajv({ strict: false }).compile(rooSchema);

  test.each(['plain', ...NASTY])('its own schema and the published one take the description %j', (text) => {
    const content = fileOf(planOf('roo', text), '.roomodes');
    // Roo rewrites typographic characters in the whole text before it parses it.
    const modes = parse(rewrite(content)) as { customModes: { slug: string; description: string }[] };
    expect(customModesSettingsSchema.safeParse(modes).success).toBe(true);
    expect([strict(modes), strict.errors]).toEqual([true, null]);
    expect(modes.customModes.find(({ slug }) => slug === 'keeper')!.description).toBe(text.replace('\n', ' ').trim());
  });

  test('gives each mode the groups it needs and no more', () => {
    const modes = parse(fileOf(planOf('roo'), '.roomodes')) as { customModes: { slug: string; groups: unknown }[] };
    expect(modes.customModes.map(({ slug, groups }) => [slug, groups])).toEqual([
      ['chief', ['read']],
      [
        'keeper',
        [
          'read',
          ['edit', { fileRegex: '^books/.+$', description: 'Files that the team lets this role edit' }],
          'command',
          'mcp',
        ],
      ],
      ['clerk', []],
      ['auditor', ['read']],
    ]);
  });

  test('keeps the instructions to the letter in a rules file of the mode', () => {
    expect(fileOf(planOf('roo'), 'rules-keeper/instructions.md').startsWith(BODY)).toBe(true);
  });
});

test('a plugin names its agents in full, and its guard knows them so', () => {
  const { files, fidelity } = compile(sample().team, builtinTarget('claude-code') as Target, { form: 'plugin' });
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  expect([...contents.keys()]).toEqual([
    'agents/chief.md',
    'agents/keeper.md',
    'agents/clerk.md',
    'agents/auditor.md',
    '.claude-plugin/plugin.json',
    'hooks/hooks.json',
    'hooks/teamc-guard.mjs',
    'hooks/teamc-policy.json',
  ]);
  expect(JSON.parse(contents.get('.claude-plugin/plugin.json')!)).toEqual({
    name: 'counting-house',
    version: '0.0.0',
    description: '',
  });
  const { name, tools } = parse(CLAUDE.exec(contents.get('agents/keeper.md')!)![1]!) as {
    name: string;
    tools: string[];
  };
  expect([name, tools.at(-1)]).toEqual(['keeper', 'Agent(counting-house:clerk, counting-house:auditor)']);
  const { roles } = JSON.parse(contents.get('hooks/teamc-policy.json')!) as {
    roles: Record<string, { tools: { delegate: unknown } }>;
  };
  expect(roles['counting-house:keeper']!.tools.delegate).toEqual([
    {
      rules: [
        ['counting-house:clerk', 'ask'],
        ['counting-house:auditor', 'ask'],
      ],
      otherwise: 'deny',
    },
  ]);
  expect(fidelity.find(({ role, feature }) => role === 'keeper' && feature === 'permissions.shell')).toMatchObject({
    level: 'prose',
    because: 'A plugin cannot allow, so this is stricter: `git status` is ask there',
  });
});

test('a role of a team that is used is emitted under our name for it', () => {
  const loaded = loadText({
    'team.yaml':
      'teamc: 1\nname: a\nuses: { ops: ops }\nentry: lead\nroles:\n  lead:\n    description: Leads.\n    delegates-to: { role: ops/runner, for: runs }\n',
    'ops/team.yaml': 'teamc: 1\nname: ops\nroles:\n  runner:\n    description: Runs.\n',
  });
  const paths = ['claude-code', 'opencode', 'roo'].map((name) =>
    compile(loaded.team, builtinTarget(name) as Target).files.map(({ path }) => path),
  );
  expect(paths).toEqual([
    [
      '.claude/agents/lead.md',
      '.claude/agents/ops-runner.md',
      '.claude/settings.json',
      '.claude/hooks/teamc-guard.mjs',
      '.claude/hooks/teamc-policy.json',
    ],
    ['.opencode/agents/lead.md', '.opencode/agents/ops/runner.md', 'opencode.json'],
    ['.roomodes', '.roo/rules-lead/instructions.md', '.roo/rules-ops-runner/instructions.md'],
  ]);
});

test('two roles that a platform would call the same are told apart before anything is written', () => {
  const loaded = loadText(
    'teamc: 1\nname: a\nentry: lead\nroles:\n  lead: { description: Leads. }\n  a/b: { description: One. }\n  a-b: { description: Two. }\n',
  );
  const messages = ['claude-code', 'opencode', 'roo'].map((name) =>
    compile(loaded.team, builtinTarget(name) as Target).problems.map(({ message }) => message),
  );
  expect(messages).toEqual([
    ['On claude-code both "a/b" and "a-b" are called "a-b".'],
    [],
    ['On roo both "a/b" and "a-b" are called "a-b".'],
  ]);
});

function refuse(): object {
  throw new Error('Only YAML is read.');
}

function ordered(map: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(map).map(([key, value]) => [
    key,
    typeof value === 'object' ? Object.entries(value as object) : value,
  ]);
}

/** What Roo 3.52 does to the text of `.roomodes` before it parses it. */
function rewrite(text: string): string {
  return text
    .replace(/\u00a0/g, ' ')
    .replace(/[\u200b-\u200d]/g, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"');
}

test('brackets and braces in a text keep the blanks inside them', () => {
  const text = 'Check [ ] this, { "a": 1 } and [ x ].';
  const file = fileOf(planOf('claude-code', text), 'keeper.md');
  expect((parse(CLAUDE.exec(file)![1]!) as { description: string }).description.startsWith(text)).toBe(true);
});
