import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { own } from '../../text/own.ts';
import type { Pointer } from '../../text/place.ts';
import type { FoundAgent } from '../found.ts';
import { tell } from '../tell.ts';

/** Events whose hooks may forbid a call. Claude Code would rather load no agent than one whose guard it can't read. */
const GUARDS = ['PreToolUse', 'PermissionRequest'];

/** All other events of Claude Code 2.1.328. */
const EVENTS = [
  ...['PostToolUse', 'PostToolUseFailure', 'PostToolBatch', 'Notification', 'UserPromptSubmit', 'UserPromptExpansion'],
  ...[
    'SessionStart',
    'SessionEnd',
    'Stop',
    'StopFailure',
    'SubagentStart',
    'SubagentStop',
    'PreCompact',
    'PostCompact',
  ],
  ...['PreModelSwitch', 'PostModelSwitch', 'PermissionDenied', 'Setup', 'TeammateIdle', 'TaskCreated', 'TaskCompleted'],
  ...['Elicitation', 'ElicitationResult', 'ConfigChange', 'WorktreeCreate', 'WorktreeRemove', 'InstructionsLoaded'],
  ...['CwdChanged', 'FileChanged', 'DirectoryAdded', 'MessageDisplay'],
];

/** Keys of an agent below which no guard is looked for. */
const ELSEWHERE = ['hooks', 'metadata', 'mcpServers', 'lspServers'];

/** How deep a guard may stand in the wrong place and still be seen. */
const DEPTH = 3;

interface Kind {
  readonly words: string;
  is(value: unknown): boolean;
}

const TEXT: Kind = { words: 'a text', is: (value) => typeof value === 'string' };
const FLAG: Kind = { words: 'true or false', is: (value) => typeof value === 'boolean' };
const SECONDS: Kind = { words: 'a number above zero', is: (value) => typeof value === 'number' && value > 0 };
const TEXTS: Kind = { words: 'a list of texts', is: (value) => Array.isArray(value) && value.every(TEXT.is) };
const MAP: Kind = { words: 'a map', is: isMap };
const TEXT_MAP: Kind = { words: 'a map of texts', is: (value) => isMap(value) && Object.values(value).every(TEXT.is) };
const URL_TEXT: Kind = { words: 'a URL', is: (value) => typeof value === 'string' && URL.canParse(value) };
const SHELL: Kind = { words: 'bash or powershell', is: (value) => value === 'bash' || value === 'powershell' };

type Fields = Readonly<Record<string, Kind>>;

const ANY: Fields = { if: TEXT, timeout: SECONDS, statusMessage: TEXT, once: FLAG };
const ASKED: Fields = { ...ANY, model: TEXT };

/** What each kind of hook must say, and may: as Claude Code 2.1.328 takes it. */
const HOOKS: Readonly<Record<string, { readonly must: Fields; readonly may: Fields }>> = {
  command: {
    must: { command: TEXT },
    may: { ...ANY, args: TEXTS, shell: SHELL, async: FLAG, asyncRewake: FLAG },
  },
  prompt: { must: { prompt: TEXT }, may: { ...ASKED, continueOnBlock: FLAG } },
  agent: { must: { prompt: TEXT }, may: ASKED },
  http: { must: { url: URL_TEXT }, may: { ...ANY, headers: TEXT_MAP, allowedEnvVars: TEXTS } },
  mcp_tool: { must: { server: TEXT, tool: TEXT }, may: { ...ANY, input: MAP } },
};

/** Something that Claude Code can't read, and where it stands. */
interface Flaw {
  readonly at: Pointer;
  readonly what: string;
}

/** Hooks of an agent's front matter that Claude Code can't read: with such a guard it loads no agent, other hooks it ignores. */
export function hookProblems(agent: FoundAgent, data: Readonly<Record<string, unknown>>): readonly Diagnostic[] {
  const { hooks, ...others } = data;
  const astray = Object.entries(others).find(([key, value]) => isAstray(key, value));
  if (astray)
    return [
      unloadable(agent, { at: [astray[0]], what: `\`${guardIn(...astray)}\` must stand below \`hooks\`` }, 'key'),
    ];
  if (!hooks) return [];
  if (!isMap(hooks)) return Array.isArray(hooks) || typeof hooks !== 'object' ? [unloadable(agent, NO_MAP)] : [];
  if (isMatcher(hooks)) return [unloadable(agent, NO_MAP)];
  const read = Object.entries(hooks).map(([event, value]) => ({ event, flaws: flawsOf(event, value) }));
  const guard = read.find(({ event, flaws }) => flaws.length > 0 && holdsGuard(event, hooks[event]));
  if (guard) return [unloadable(agent, guard.flaws[0]!)];
  return read.flatMap(({ flaws }) => flaws.map((flaw) => ignored(agent, flaw)));
}

const NO_MAP: Flaw = { at: ['hooks'], what: '`hooks` is no map of events' };

/** Whether a map is what stands below an event, and not the events. */
function isMatcher({ hooks, ...others }: Readonly<Record<string, unknown>>): boolean {
  if (others['matcher'] === undefined && Object.keys(others).some(isEvent)) return false;
  if (Array.isArray(hooks)) return hooks.length > 0;
  return isMap(hooks) && (others['matcher'] !== undefined || typeof hooks['type'] === 'string');
}

function isEvent(name: string): boolean {
  return GUARDS.includes(name) || EVENTS.includes(name);
}

function holdsGuard(event: string, value: unknown): boolean {
  if (isEvent(event)) return GUARDS.includes(event);
  return isMap(value) && Object.entries(value).some(([key, below]) => isAstray(key, below));
}

function isAstray(key: string, value: unknown): boolean {
  return guardIn(key, value) !== undefined;
}

/** The guard that stands at a key or somewhere below it, where it guards nothing. */
function guardIn(key: string, value: unknown, depth = DEPTH): string | undefined {
  if (ELSEWHERE.includes(key)) return undefined;
  if (GUARDS.includes(key)) return isSaid(value) ? key : undefined;
  if (depth === 0 || typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value)
    .map(([inner, below]) => guardIn(inner, below, depth - 1))
    .find((found) => found !== undefined);
}

function isSaid(value: unknown): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function flawsOf(event: string, value: unknown): readonly Flaw[] {
  const at = ['hooks', event];
  if (!isEvent(event)) return [{ at, what: `there is no event \`${event}\`` }];
  if (value === null) return [];
  if (!Array.isArray(value)) return [{ at, what: `\`${event}\` is no list` }];
  return value.flatMap((entry: unknown, index) => entryFlaws(entry, [...at, index]));
}

function entryFlaws(entry: unknown, at: Pointer): readonly Flaw[] {
  if (!isMap(entry)) return [{ at, what: 'this entry is no map' }];
  const { matcher, hooks } = entry;
  if (!Array.isArray(hooks)) return [{ at, what: 'this entry has no list `hooks`' }];
  const flaws = hooks.flatMap((hook: unknown, index) => hookFlaws(hook, [...at, 'hooks', index]));
  return matcher === undefined || typeof matcher === 'string'
    ? flaws
    : [{ at: [...at, 'matcher'], what: '`matcher` is no text' }, ...flaws];
}

function hookFlaws(hook: unknown, at: Pointer): readonly Flaw[] {
  if (!isMap(hook)) return [{ at, what: 'this hook is no map' }];
  const { type } = hook;
  const fields = typeof type === 'string' ? own(HOOKS, type) : undefined;
  if (!fields) return [{ at, what: `the \`type\` of a hook is one of ${Object.keys(HOOKS).join(', ')}` }];
  const missing = Object.keys(fields.must).find((key) => hook[key] === undefined);
  if (missing !== undefined) return [{ at, what: `this hook has no \`${missing}\`` }];
  return Object.entries({ ...fields.must, ...fields.may })
    .filter(([key, kind]) => hook[key] !== undefined && !kind.is(hook[key]))
    .map(([key, kind]) => ({ at: [...at, key], what: `\`${key}\` is ${kind.words}` }));
}

function unloadable(agent: FoundAgent, { at, what }: Flaw, on?: 'key'): Diagnostic {
  return tell(
    'platform-drops-file',
    'error',
    agent.place(at, on),
    `Claude Code can't read a hook that guards calls, so it loads no agent from this file and says nothing of it: ${what}.`,
    { help: 'Write the hook as `hooks: [{ type: command, command: … }]` below its matcher, or leave it out.' },
  );
}

function ignored(agent: FoundAgent, { at, what }: Flaw): Diagnostic {
  return tell('platform-drops-field', 'warning', agent.place(at), `Claude Code ignores this hook: ${what}.`, {
    help: 'Write the hook as `hooks: [{ type: command, command: … }]` below its matcher, or leave it out.',
  });
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
