import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { own } from '../../text/own.ts';
import { plainKey } from '../fields.ts';
import type { PlatformFile } from '../files.ts';
import type { FoundAgent } from '../found.ts';
import { rewrite, tell } from '../tell.ts';
import { claudeTools } from './claude-tools.ts';

const MODES = ['acceptEdits', 'auto', 'bypassPermissions', 'default', 'dontAsk', 'plan', 'manual'];
const COLORS = ['red', 'blue', 'green', 'yellow', 'purple', 'orange', 'pink', 'cyan'];
const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'];

interface Kind {
  readonly words: string;
  is(value: unknown): boolean;
}

const oneOf = (words: readonly string[]): Kind => ({
  words: words.join(', '),
  is: (value) => words.some((one) => one === value),
});

/** What Claude Code 2.1.328 takes for a field; any other value is dropped without a word. */
const FIELDS: Readonly<Record<string, Kind>> = {
  permissionMode: oneOf(MODES),
  color: oneOf(COLORS),
  memory: oneOf(['user', 'project', 'local']),
  isolation: oneOf(['worktree', 'remote']),
  effort: {
    words: `${EFFORTS.join(', ')} or a whole number`,
    is: (value) => Number.isInteger(value) || EFFORTS.some((one) => one === value),
  },
  maxTurns: { words: 'a whole number from 1 up', is: (value) => Number.isInteger(value) && Number(value) > 0 },
  background: { words: 'true or false', is: (value) => typeof value === 'boolean' },
};

/** Keys that people write for keys of Claude Code, in their plain spelling. */
const MEANT: Readonly<Record<string, string>> = {
  allowedtools: 'tools',
  tool: 'tools',
  toolset: 'tools',
  disallowedtools: 'disallowedTools',
  deniedtools: 'disallowedTools',
  maxturns: 'maxTurns',
  permissionmode: 'permissionMode',
  mcpservers: 'mcpServers',
  colour: 'color',
  omitclaudemd: 'omitClaudeMd',
  initialprompt: 'initialPrompt',
  permissions: 'permissionMode',
  permission: 'permissionMode',
};

/** Fields that mean nothing in a plugin's agents. */
const NOT_IN_PLUGINS = [
  'hooks',
  'mcpServers',
  'permissionMode',
  'initialPrompt',
  'observer',
  'observerMessage',
  'observeSubagents',
];

/** What Claude Code makes otherwise of an agent's fields than their author may think. */
export function claudeFieldProblems(agent: FoundAgent, { dialect }: PlatformFile): readonly Diagnostic[] {
  const told = Object.entries(agent.data).flatMap(([key, value]) => [
    ...misspelled(agent, key),
    ...wrongValue(agent, key, value),
    ...(dialect === 'plugin' && NOT_IN_PLUGINS.includes(key) ? [inPlugin(agent, key)] : []),
  ]);
  return [...told, ...widened(agent)].map((problem) => ({ ...problem, role: agent.id }));
}

function misspelled(agent: FoundAgent, key: string): readonly Diagnostic[] {
  const plain = plainKey(key);
  const meant = own(MEANT, plain);
  if (meant === undefined || meant === key) return [];
  const at = agent.place([key], 'key');
  const without = agent.data['tools'] === undefined && (meant === 'tools' || meant === 'disallowedTools');
  const rename =
    meant === 'permissionMode' && plain !== 'permissionmode'
      ? undefined
      : rewrite(`Write \`${meant}\``, 'unsafe', { at, text: meant });
  return [
    tell(
      without ? 'platform-widens-tools' : 'platform-drops-field',
      without ? 'error' : 'warning',
      at,
      without
        ? `Claude Code does not know \`${key}\`, so ${agent.id} gets every tool.`
        : `Claude Code does not know \`${key}\`, and ignores it without a word.`,
      {
        help: rename ? `Did you mean \`${meant}\`?` : 'Rules for calls stand in settings.json, for all agents alike.',
        ...(rename ? { fix: rename } : {}),
      },
    ),
  ];
}

function wrongValue(agent: FoundAgent, key: string, value: unknown): readonly Diagnostic[] {
  const kind = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
  if (!kind || kind.is(value)) return [];
  const said = value === null ? 'nothing' : `"${typeof value === 'object' ? JSON.stringify(value) : String(value)}"`;
  return [
    tell(
      'platform-drops-field',
      key === 'color' ? 'info' : 'warning',
      agent.place([key]),
      `Claude Code drops \`${key}\` of ${agent.id} without a word: it takes ${kind.words}, and ${said} stands here.`,
      {
        help: 'Write one of these, or leave the field out.',
      },
    ),
  ];
}

function inPlugin(agent: FoundAgent, key: string): Diagnostic {
  return tell(
    'platform-drops-field',
    'warning',
    agent.place([key], 'key'),
    `Claude Code ignores \`${key}\` in the agents of a plugin.`,
    {
      help: "Put it where the plugin is used, or into the plugin's own hooks and settings.",
    },
  );
}

/** Lists of tools that give more than they say. */
function widened(agent: FoundAgent): readonly Diagnostic[] {
  const { tools: given, memory } = agent.data;
  const tools = given === undefined ? undefined : claudeTools(given);
  if (given !== undefined && tools === undefined)
    return [
      tell(
        'platform-drops-field',
        'warning',
        agent.place(['tools']),
        `Claude Code takes a list of names or a text for \`tools\`, and here is a map.`,
        {
          help: 'Write the names that are allowed as a list; what is forbidden belongs in `disallowedTools`.',
        },
      ),
    ];
  const names = new Set(tools?.map(({ name }) => name));
  const narrowed = tools?.find(({ name, argument }) => argument !== undefined && name !== 'Agent' && name !== 'Task');
  return [
    ...(narrowed
      ? [
          tell(
            'platform-widens-tools',
            'error',
            agent.place(['tools']),
            `Claude Code reads \`${narrowed.entry}\` as the whole of ${narrowed.name}: what stands in brackets limits nothing here.`,
            {
              help: 'Rules for arguments stand in settings.json, or in the permissions of a teamc role.',
            },
          ),
        ]
      : []),
    ...(typeof memory === 'string' && tools && !['Read', 'Write', 'Edit'].every((name) => names.has(name))
      ? [
          tell(
            'platform-widens-tools',
            'warning',
            agent.place(['memory']),
            `\`memory\` adds Read, Write and Edit to the tools of ${agent.id} without a word.`,
            {
              help: 'List them, or leave the memory out.',
            },
          ),
        ]
      : []),
  ];
}
