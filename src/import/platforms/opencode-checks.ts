import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Pointer } from '../../text/place.ts';
import type { FoundAgent } from '../found.ts';
import { rewrite, tell } from '../tell.ts';

/** Top-level keys that opencode 1.18.34 knows. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['name', 'model', 'variant', 'prompt', 'description', 'temperature', 'top_p', 'mode', 'hidden', 'color', 'steps'],
  ...['maxSteps', 'options', 'permission', 'disable', 'tools'],
]);

const COLOR = /^(?:#[0-9a-f]{6}|primary|secondary|accent|success|warning|error|info)$/i;

interface Kind {
  readonly words: string;
  is(value: unknown): boolean;
}

const TEXT: Kind = { words: 'a text', is: (value) => typeof value === 'string' };
const NUMBER: Kind = { words: 'a number', is: (value) => typeof value === 'number' };
const FLAG: Kind = { words: 'true or false', is: (value) => typeof value === 'boolean' };
const COUNT: Kind = { words: 'a whole number from 1 up', is: (value) => Number.isInteger(value) && Number(value) > 0 };

/** What opencode takes; with anything else it does not start. */
const KINDS: Readonly<Record<string, Kind>> = {
  name: TEXT,
  model: TEXT,
  variant: TEXT,
  prompt: TEXT,
  description: TEXT,
  temperature: NUMBER,
  top_p: NUMBER,
  mode: { words: 'primary, subagent or all', is: (value) => ['primary', 'subagent', 'all'].includes(value as string) },
  hidden: FLAG,
  disable: FLAG,
  color: {
    words: '#RRGGBB in quotes, or a word of its theme such as "primary"',
    is: (value) => typeof value === 'string' && COLOR.test(value),
  },
  steps: COUNT,
  maxSteps: COUNT,
  options: { words: 'a map', is: isMap },
  tools: {
    words: 'a map of names to true or false',
    is: (value) => isMap(value) && Object.values(value).every((on) => typeof on === 'boolean'),
  },
};

const ACTIONS = ['allow', 'ask', 'deny'];
/** Keys of `permission` that take an action, and no patterns. */
const FLAT = ['todowrite', 'question', 'webfetch', 'websearch', 'doom_loop'];
/** Keys of `permission` that opencode takes and asks about nowhere. */
const DEAD: Readonly<Record<string, string>> = {
  write: '`edit` covers writing, and this key nothing',
  patch: '`edit` covers patches, and this key nothing',
  apply_patch: '`edit` covers patches, and this key nothing',
  multiedit: '`edit` covers it, and this key nothing',
  todoread: 'there is no such tool any more',
  codesearch: 'there is no such tool any more',
};

/** What opencode refuses, ignores and sends on of an agent's fields. */
export function opencodeFieldProblems(agent: FoundAgent): readonly Diagnostic[] {
  const { data } = agent;
  const sent = Object.keys(data).filter((key) => !KNOWN.has(key) && key !== 'permissions');
  const told = [
    ...nameless(agent),
    ...Object.entries(KINDS).flatMap(([key, kind]) =>
      data[key] !== undefined && !kind.is(data[key]) && !isUnread(agent, key)
        ? [refused(agent, [key], key, kind.words, data[key])]
        : [],
    ),
    ...permissionProblems(agent),
    ...(data['permissions'] === undefined ? [] : [misspelled(agent)]),
    ...(typeof data['prompt'] === 'string' && !agent.inList ? [unused(agent)] : []),
    ...(sent.length === 0 ? [] : [sentOn(agent, sent)]),
  ];
  return told.map((problem) => ({ ...problem, role: agent.id }));
}

/** What opencode never looks at: a file's text is the prompt, and no name is a name too. */
function isUnread({ data, inList }: FoundAgent, key: string): boolean {
  return !inList && (key === 'prompt' || (key === 'name' && data[key] === null));
}

function nameless(agent: FoundAgent): readonly Diagnostic[] {
  if (agent.inList || agent.data['name'] !== null) return [];
  const message = 'Nothing stands behind `name`, so opencode calls this agent "null".';
  return [
    tell('platform-drops-field', 'warning', agent.place(['name']), message, {
      help: 'Say its name, or leave the key out.',
    }),
  ];
}

function unused(agent: FoundAgent): Diagnostic {
  return tell(
    'platform-drops-field',
    'warning',
    agent.place(['prompt'], 'key'),
    `opencode ignores \`prompt\` here: what stands below the front matter is the prompt of ${agent.id}, be it nothing.`,
    { help: 'Move the text below the front matter.' },
  );
}

function refused(agent: FoundAgent, pointer: Pointer, key: string, words: string, value: unknown): Diagnostic {
  const said = value === null ? 'nothing' : `"${typeof value === 'object' ? JSON.stringify(value) : String(value)}"`;
  return tell(
    'platform-refuses-file',
    'error',
    agent.place(pointer),
    `opencode does not start with ${said} for \`${key}\` of ${agent.id}: it takes ${words}.`,
    {
      help: 'Write a value that it takes, or leave the key out.',
    },
  );
}

function permissionProblems(agent: FoundAgent): readonly Diagnostic[] {
  const { permission } = agent.data;
  if (permission === undefined || ACTIONS.includes(permission as string)) return [];
  if (!isMap(permission))
    return [refused(agent, ['permission'], 'permission', 'allow, ask, deny or a map', permission)];
  return Object.entries(permission).flatMap(([key, value]): readonly Diagnostic[] => {
    const why = Object.hasOwn(DEAD, key) ? DEAD[key] : undefined;
    if (why !== undefined)
      return [
        tell(
          'platform-drops-field',
          'warning',
          agent.place(['permission', key], 'key'),
          `The rules for \`${key}\` of ${agent.id} do nothing: ${why}.`,
          { help: 'Move them to `edit`, or take them out.' },
        ),
      ];
    if (ACTIONS.includes(value as string)) return [];
    if (FLAT.includes(key))
      return [refused(agent, ['permission', key], key, 'allow, ask or deny, and no patterns', value)];
    if (!isMap(value))
      return [refused(agent, ['permission', key], key, 'allow, ask, deny or a map of patterns', value)];
    return Object.entries(value).flatMap(([pattern, action]) =>
      ACTIONS.includes(action as string)
        ? []
        : [refused(agent, ['permission', key, pattern], `${key}: ${pattern}`, 'allow, ask or deny', action)],
    );
  });
}

function misspelled(agent: FoundAgent): Diagnostic {
  const at = agent.place(['permissions'], 'key');
  const alone = agent.data['permission'] === undefined;
  return tell(
    'platform-widens-tools',
    'error',
    at,
    `opencode does not know \`permissions\` and sends it to the model's provider: ${agent.id} may do ${alone ? 'everything' : 'what `permission` leaves'}.`,
    {
      help: 'Did you mean `permission`?',
      ...(alone ? { fix: rewrite('Write `permission`', 'unsafe', { at, text: 'permission' }) } : {}),
    },
  );
}

function sentOn(agent: FoundAgent, keys: readonly string[]): Diagnostic {
  return tell(
    'platform-sends-field',
    'info',
    agent.place([keys[0]!], 'key'),
    `opencode sends ${keys.map((key) => `\`${key}\``).join(', ')} of ${agent.id} to the model's provider with each request, as it knows no such ${keys.length > 1 ? 'keys' : 'key'}.`,
    {
      help: 'Keep notes for people in a comment, or in the text below.',
    },
  );
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
