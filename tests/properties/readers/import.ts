import { readFileSync } from 'node:fs';
import { readJsonLoosely } from '../../../src/document/json.ts';
import { readAgentFile } from '../../../src/import/agent-file.ts';
import { type PlatformFile, platformFileOf } from '../../../src/import/files.ts';
import { fitId, stemOf } from '../../../src/import/ids.ts';
import { ownPrompt } from '../../../src/import/own/prompt.ts';
import { fieldsOf, TITLES } from '../../../src/import/own/sections.ts';
import { anyIn, callsIn, listIn, type Named, whenIn, whoOf } from '../../../src/import/own/words.ts';
import { claudeToolMeant, claudeTools } from '../../../src/import/platforms/claude-tools.ts';
import { covers, rulesIn } from '../../../src/import/platforms/opencode-permissions.ts';
import { readModes } from '../../../src/import/platforms/roo-modes.ts';
import { writeTeam } from '../../../src/import/write-team.ts';
import { filesOf, planFor } from '../../import/back.ts';
import { loadProject, loadText } from '../../memory.ts';
import { MARKDOWN, plain, type Reader, ROLES, same, textsBelow, within, YAML } from './reader.ts';

type Texts = Readonly<Record<string, string>>;

const SHIPPED = loadText({
  'team.yaml': readFileSync('examples/permissions/team.yaml', 'utf8'),
});
const STEPS = loadText({ 'team.yaml': readFileSync('examples/workflow-and-playbooks/team.yaml', 'utf8') });
const MESSAGES = loadText({ 'team.yaml': readFileSync('examples/messages-and-handoff/team.yaml', 'utf8') });

/** What teamc itself writes for a platform, which it reads back in another way than what people write. */
const built = (target: string): Texts =>
  Object.assign({}, ...[SHIPPED, STEPS, MESSAGES].map(({ team }) => filesOf(planFor(team, target)))) as Texts;

const OWN = { 'claude-code': built('claude-code'), opencode: built('opencode'), roo: built('roo') };

const AGENTS = textsBelow('examples/existing-project', /\.claude\/agents\/.*\.md$/);
const OPENCODE = [
  '---\ndescription: Reviews.\nmode: subagent\nmodel: a/b\ntools:\n  write: false\n  "github_*": true\npermission:\n  edit: ask\n  bash:\n    "git *": allow\n    "*": deny\n---\nYou review. Hand over to @builder.\n',
  ...textsBelow('examples/existing-project', /\.opencode\/agents\/.*\.md$/),
];
const SETTINGS =
  '{\n  "$schema": "x",\n  "default_agent": "lead", // who\n  "agent": { "lead": { "prompt": "Leads.", "permission": { "bash": { "npm *": "allow" }, "task": { "*": "deny" } } } },\n  "permission": "ask",\n}\n';
const CLAUDE_SETTINGS =
  '{"permissions":{"allow":["Bash(npm run:*)","Read(//etc/**)","mcp__github__list"],"ask":["Edit(/src/**)"],"deny":["WebFetch(domain:x.org)","Task(a)"]},"agent":"lead"}';
const ROOMODES =
  'customModes:\n  - slug: lead\n    name: "🧭 Lead"\n    roleDefinition: You lead.\n    whenToUse: For plans\n    groups:\n      - read\n      - - edit\n        - fileRegex: \\.(md|txt)$\n          description: Docs\n      - command\n    customInstructions: |-\n      Delegate to dev with new_task.\n  - slug: dev\n    name: Dev\n    roleDefinition: You build.\n    groups: [read, edit, mcp]\n    source: project\n';
const MODE_FILE =
  '+++\nid = "lead-backend"\nname = "⚙️ Backend Lead"\nclassification = "lead"\ndomain = "backend"\nsummary = "Leads."\ntags = ["api", "db"]\nallowed_tool_groups = ["read", "edit"]\ndelegate_to = ["dev-api"]\nescalate_to = ["technical-architect"]\nreports_to = ["technical-architect"]\n[file_access]\nread_allow = ["**/*"]\nwrite_allow = [".ruru/**/*.md"]\n+++\n# Lead\n\n## Collaboration & Delegation\n\n*   **Escalation:** to `technical-architect` when unclear.\n';

const TABLES = `## Team\n\n| Agent | Use when | Reports to |\n|---|:-:|---|\n| **dev** | code | @lead |\n| \`qa\` | tests \\| checks | lead |\n\n1. lead → dev → qa\n2. Escalate: dev -> lead -> human\n\n### Delegates to\n- dev (code)\n- [qa](qa.md): tests\n\nTask(subagent_type="dev", prompt="x"). Level 1: lead. If dev fails, escalate to the CTO.\n`;

const PROSE = [
  ...MARKDOWN,
  'lead',
  'dev',
  '@qa',
  'Task(',
  'subagent_type="dev"',
  'Level 1: ',
  'Reports to: ',
  '<new_task><mode>dev</mode>',
  'Escalates to',
  '→',
  '│  └─ ',
];

/** A project in which one file of a platform is the text. */
function project(paths: readonly string[], others: Texts) {
  return (text: string, dice: { one<T>(items: readonly T[]): T }): void => {
    const path = dice.one(paths);
    const teams = loadProject({ ...others, [path]: text });
    for (const { loaded, drafts } of teams) {
      for (const { fields } of drafts) plain(fields);
      for (const { at } of loaded.problems) {
        const document = loaded.documents.get(at.file);
        if (document) within(document.text, document.range(at));
      }
    }
    for (const { text: written } of writeTeam(teams).files) same(typeof written, 'string');
  };
}

/** An agent's file, of which every part lies in the text. */
function agentFile(text: string): void {
  const { header, before, body } = readAgentFile({ path: 'a.md', text });
  if (before) within(text, before);
  if (body) within(text, body);
  if (!header) return;
  plain(header.data);
  within(text, header.range);
  within(text, header.fence);
  for (const { range } of header.mended) within(text, range);
  for (const key of Object.keys(header.data)) {
    within(text, header.locate([key]));
    within(text, header.locate([key], 'key'));
  }
}

function named(): Named {
  return { people: new Set(), groups: new Map() };
}

function sections(text: string): void {
  for (const whole of [text, `# A\n${text}\n<!-- teamc: generated from a.yaml; edit that file and build again -->`]) {
    const prompt = ownPrompt(whole, TITLES);
    if (prompt) plain(fieldsOf(prompt.sections, named()));
  }
}

const WORDS = [
  '`a`, `b` or `c`',
  'the group devs (`a`, `b`) or ann (a person)',
  '(type is "schema, x" and load at least 80% for 2d), done or (risk is high)',
  '"a, b", c, "d"',
  '`edit:api/**`, `shell:npm *`',
  'queue of dev above 5 and below 9 for 3h',
];

function words(text: string): void {
  plain(whoOf(text, named()));
  plain(whenIn(text));
  plain(callsIn(text));
  plain([listIn(text), listIn(text, '; '), anyIn(text)]);
}

const PLATFORM_PATHS = [
  '.claude/agents/a/b.md',
  '.roo/rules-dev/x.md',
  '.opencode/agent/a.md',
  '.roomodes',
  'kilo.jsonc',
];

/** The readers of what other programs' people wrote, and of what teamc wrote for those programs. */
export const IMPORT: readonly Reader[] = [
  {
    name: "import: Claude Code's agents and settings",
    share: 80,
    seeds: [...AGENTS, CLAUDE_SETTINGS, TABLES, ...Object.values(OWN['claude-code']).slice(0, 12)],
    signs: [...PROSE, ...YAML, 'tools: ', 'name: ', 'Bash(', '"permissions"'],
    read: project(
      ['.claude/agents/lead.md', '.claude/settings.json', '.claude/hooks/teamc-policy.json', '.claude/agents/x/dev.md'],
      {
        '.claude/agents/dev.md': AGENTS[0]!,
      },
    ),
  },
  {
    name: "import: opencode's agents and settings",
    share: 80,
    seeds: [...OPENCODE, SETTINGS, TABLES, ...Object.values(OWN.opencode).slice(0, 12)],
    signs: [
      ...PROSE,
      ...YAML,
      'permission: ',
      '"agent":',
      '"bash":',
      'mode: ',
      '{file:a.md}',
      '{file:',
      '{env:A}',
      '"prompt":',
    ],
    read: project(['opencode.json', 'opencode.jsonc', '.opencode/agent/lead.md', '.opencode/modes/lead.md'], {
      '.opencode/agent/dev.md': OPENCODE[0]!,
    }),
  },
  {
    name: "import: Roo's modes and rules",
    share: 80,
    seeds: [
      ROOMODES,
      JSON.stringify({ customModes: [{ slug: 'a', name: 'A', groups: ['read', ['edit', { fileRegex: '\\.md$' }]] }] }),
      TABLES,
      ...Object.values(OWN.roo).slice(0, 8),
    ],
    signs: [...PROSE, ...YAML, '- slug: ', 'groups: ', 'fileRegex: ', '“', '’', '–', '\u00a0'],
    read: project(['.roomodes', '.kilocodemodes', '.roo/rules-lead/x.md'], { '.roo/rules-lead/a.md': TABLES }),
  },
  {
    name: "import: Roo Commander's modes",
    share: 80,
    seeds: [MODE_FILE, MODE_FILE.replaceAll('+++', '---').replaceAll(' = ', ': '), TABLES],
    signs: [...PROSE, '+++\n', ' = ', '["a"]', '[a]\n', '"""'],
    read: project(['.ruru/modes/lead/lead.mode.md'], {
      '.ruru/modes/dev/dev.mode.md': MODE_FILE.replace('lead-backend', 'dev-api'),
    }),
  },
  {
    name: 'import: the parts of an agent file',
    share: 200,
    seeds: [...AGENTS, MODE_FILE, ...OPENCODE, ...ROLES],
    signs: [...MARKDOWN, ...YAML],
    read: agentFile,
  },
  {
    name: 'import: a list of modes',
    share: 200,
    seeds: [ROOMODES],
    signs: ['- slug: ', '“', '’', ...YAML],
    read: modes,
  },
  {
    name: 'import: relations in prose, tables and lists',
    share: 80,
    seeds: [TABLES, ...AGENTS.map((text) => text.split('---').at(-1)!)],
    signs: PROSE,
    read: (text) =>
      project(['.claude/agents/lead.md'], { '.claude/agents/dev.md': AGENTS[0]! })(
        `---\nname: lead\ndescription: x\n---\n${text}`,
        { one: ([first]) => first! },
      ),
  },
  {
    name: 'import: sections that teamc wrote',
    share: 800,
    seeds: Object.values(OWN['claude-code']).map(bodyOf),
    signs: ['## Must\n', '- ', '  - ', 'Template: "', '"\\q"', ...PROSE],
    read: sections,
  },
  {
    name: 'import: words that teamc wrote',
    share: 2_500,
    seeds: WORDS,
    signs: [
      '`',
      '"',
      '(',
      ')',
      ', ',
      ' or ',
      ' and ',
      ' is ',
      ' at least ',
      ' above ',
      ' for 2d',
      'a',
      'the group ',
      ' (a person)',
      '\\',
      '__proto__ is a',
    ],
    read: words,
  },
  {
    name: "import: Claude Code's tools",
    share: 1_500,
    seeds: ['Read, Grep, Bash(npm run:*), mcp__github__list', 'Read Write', '*', 'Task(a, b)'],
    signs: [...'(),*: _-', 'Bash', 'mcp__', '__', 'Task(', ' '],
    read: (text) => [...claudeTools(text)!, ...claudeTools([text])!].map(({ name }) => claudeToolMeant(name)),
  },
  {
    name: "import: opencode's permissions",
    share: 800,
    seeds: ['{"permission":{"bash":{"git *":"ask","*":"deny"},"github_*":"allow"},"tools":{"write":false,"x_*":true}}'],
    signs: [...'{}:,*?_"', '"permission"', '"tools"', '"*"', '"allow"', '"a_*"'],
    read(text) {
      const rules = rulesIn(readJsonLoosely(text).data, (pointer) => ({ file: 'opencode.json', pointer }));
      for (const { key } of rules) for (const { key: other } of rules.slice(0, 20)) covers(key, other);
    },
  },
  {
    name: 'import: names of files and of agents',
    share: 800,
    seeds: PLATFORM_PATHS,
    signs: ['.claude/agents/', '.roo/rules-', '.md', '/', '..', 'a', '.', '-', ' ', 'é'],
    read(text) {
      const file: PlatformFile | undefined = platformFileOf(text);
      if (file) same(text.endsWith(file.inner), true);
      const id = fitId(stemOf(text), true);
      if (id !== '' && !/^[A-Za-z0-9][\w-]*(?:\/[A-Za-z0-9][\w-]*)*$/.test(id)) throw new Error(`"${id}" is no id`);
    },
  },
];

function bodyOf(file: string): string {
  return file.replace(/^---\n[\s\S]*?\n---\n/, '').trim();
}

function modes(text: string): void {
  for (const { data, locate } of readModes({ path: '.roomodes', text }).modes) {
    plain(data);
    for (const key of Object.keys(data)) within(text, locate([key]));
  }
}
