import { fits } from '../../pattern/fits.ts';
import type { Place, Pointer } from '../../text/place.ts';
import type { Draft } from '../draft.ts';
import { pathGlobs } from './opencode-patterns.ts';

/** What opencode does with a call that a rule names. */
export type Action = 'allow' | 'ask' | 'deny';

/** One rule of opencode: a key, a pattern and an action, in the order in which it reads them. */
export interface OpencodeRule {
  readonly key: string;
  readonly pattern: string;
  readonly action: Action;
  /** Where it stands; nothing for rules that every agent has. */
  readonly at?: Place;
}

const ACTIONS: ReadonlySet<unknown> = new Set(['allow', 'ask', 'deny']);

/** Keys that mean the same tool of opencode. */
const SAME: Readonly<Record<string, string>> = { write: 'edit', patch: 'edit', multiedit: 'edit' };

/** The keys that stand for a tool of the language. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  read: ['read'],
  search: ['glob', 'grep', 'list'],
  edit: ['edit'],
  shell: ['bash'],
  fetch: ['webfetch'],
  'web-search': ['websearch'],
  'ask-user': ['question'],
  todo: ['todowrite', 'todoread'],
  skill: ['skill'],
};

/** Tools for which the language allows every call unless a rule says otherwise. */
const HARMLESS: ReadonlySet<string> = new Set(['read', 'search', 'ask-user', 'todo', 'skill']);

/** Tools that every agent of opencode may use unasked, unless a rule says otherwise. */
export const OPEN_TOOLS = ['read', 'search', 'edit', 'shell', 'fetch', 'web-search', 'todo', 'skill', 'mcp'] as const;

/** The rules that opencode gives every agent before the author's own; what it asks about by itself is no rule here. */
export const OPEN_RULES = Object.fromEntries(
  ['edit', 'shell', 'fetch', 'web-search', 'mcp'].map((tool) => [tool, 'allow']),
);

/** Opens `tools` and `permission` of one source into rules, in the order in which opencode reads them. */
export function rulesIn(
  data: Readonly<Record<string, unknown>>,
  place: (pointer: Pointer) => Place,
): readonly OpencodeRule[] {
  const groups = new Map<string, readonly OpencodeRule[]>();
  if (isMap(data['tools']))
    for (const [name, on] of Object.entries(data['tools'])) {
      const key = SAME[name] ?? name;
      groups.set(key, [{ key, pattern: '*', action: on === false ? 'deny' : 'allow', at: place(['tools', name]) }]);
    }
  const { permission } = data;
  if (ACTIONS.has(permission))
    groups.set('*', [{ key: '*', pattern: '*', action: permission as Action, at: place(['permission']) }]);
  if (isMap(permission))
    for (const [key, value] of Object.entries(permission)) {
      const rules = rulesOf(key, value, (...steps) => place(['permission', key, ...steps]));
      if (rules.length > 0) groups.set(key, rules);
    }
  return [...groups.values()].flat();
}

function rulesOf(key: string, value: unknown, place: (...steps: Pointer) => Place): readonly OpencodeRule[] {
  if (ACTIONS.has(value)) return [{ key, pattern: '*', action: value as Action, at: place() }];
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([pattern, action]) =>
    ACTIONS.has(action) ? [{ key, pattern, action: action as Action, at: place(pattern) }] : [],
  );
}

/** Whether one key of opencode, which may hold stars, covers another. */
export function covers(key: string, name: string): boolean {
  return /[*?]/.test(key) ? fits(key, name) : key === name;
}

/** Gives a draft the tools that its rules leave, and its rules in their order. */
export function translateRules(draft: Draft, rules: readonly OpencodeRule[]): void {
  const granted = [...OPEN_TOOLS, 'ask-user'].filter((tool) => isGranted(tool, rules));
  const open = OPEN_TOOLS.every((tool) => granted.includes(tool)) && granted.length === OPEN_TOOLS.length;
  const at = rules.find((rule) => rule.at)?.at ?? draft.agent.place([]);
  draft.set('tools', open ? 'opencode' : granted, at, {
    from: rules.length > 0 ? 'front matter' : 'no rule, which is every tool',
  });
  draft.say(['tools'], at, at);
  const permissions = orderedTools(rules).flatMap((tool) => permissionsFor(tool, granted, rules));
  const list: unknown[] = ['opencode-defaults', ...permissions.map(({ value }) => value)];
  draft.fields['permissions'] = list;
  draft.say(['permissions', 0], draft.agent.place([]));
  for (const [index, { places }] of permissions.entries())
    for (const { pointer, at: spot } of places) draft.say(['permissions', index + 1, ...pointer], spot);
  const own = rules.find((rule) => rule.at && rule.at.file === draft.agent.file);
  if (own?.at) {
    draft.say(['permissions'], own.at);
    draft.recovered.push({ field: 'permissions', at: own.at, confidence: 'certain', from: 'front matter' });
  }
}

/** A tool is hidden by a last rule that denies all of it. */
function isGranted(tool: string, rules: readonly OpencodeRule[]): boolean {
  if (tool === 'mcp') return true;
  const byDefault = tool === 'ask-user' ? 'deny' : 'allow';
  return (KEYS[tool] ?? []).some((key) => {
    const last = rules.findLast((rule) => covers(rule.key, key));
    return last ? !(last.pattern === '*' && last.action === 'deny') : byDefault === 'allow';
  });
}

/** The tools in the order in which the author's rules name them, then the others. */
function orderedTools(rules: readonly OpencodeRule[]): readonly string[] {
  const named = rules.flatMap(({ key }) => Object.keys(KEYS).filter((tool) => KEYS[tool]!.includes(key)));
  return [...new Set([...named, ...Object.keys(KEYS), 'mcp'])];
}

interface Permission {
  readonly value: Readonly<Record<string, unknown>>;
  readonly places: readonly { readonly pointer: Pointer; readonly at: Place }[];
}

function permissionsFor(
  tool: string,
  granted: readonly string[],
  rules: readonly OpencodeRule[],
): readonly Permission[] {
  if (tool === 'mcp') return serversFor(rules);
  if (!granted.includes(tool)) return [];
  const own = rules.filter((rule) => KEYS[tool]!.some((key) => covers(rule.key, key)));
  if (own.length === 0) return [];
  if (own.every(({ pattern }) => pattern === '*')) {
    const { action, at } = own.at(-1)!;
    if (action === 'allow' && (HARMLESS.has(tool) || OPEN_TOOLS.includes(tool as never)) && tool !== 'read') return [];
    return [{ value: { [tool]: action }, places: at ? [{ pointer: [tool], at }] : [] }];
  }
  return [inOrder(tool, own)];
}

/** Rules with patterns, in their order; neighbours that decide the same are one rule with several patterns. */
function inOrder(tool: string, rules: readonly OpencodeRule[]): Permission {
  const items: Record<string, string[]>[] = [];
  const places: { pointer: Pointer; at: Place }[] = [];
  for (const { pattern, action, at } of rules) {
    const spelled = tool === 'read' || tool === 'edit' ? pathGlobs(pattern).patterns : [pattern];
    const last = items.at(-1);
    const item = last?.[action] && pattern !== '*' ? last : { [action]: [] };
    if (item !== last) items.push(item);
    for (const one of spelled) {
      if (at) places.push({ pointer: [tool, items.length - 1, action, item[action]!.length], at });
      item[action]!.push(one);
    }
  }
  const value = items.map((item) =>
    Object.fromEntries(
      Object.entries(item).map(([action, patterns]) => [action, patterns.length === 1 ? patterns[0] : patterns]),
    ),
  );
  return { value: { [tool]: value }, places };
}

/** Keys that are no tool of opencode are those of MCP servers, `server_tool`. */
function serversFor(rules: readonly OpencodeRule[]): readonly Permission[] {
  const known = new Set([...Object.values(KEYS).flat(), ...OTHERS]);
  const own = rules.filter(({ key }) => !known.has(key) && key !== '*' && /^[\w*?-]+$/.test(key) && key.includes('_'));
  const everything = rules.findLast(({ key, pattern }) => key === '*' && pattern === '*');
  const value = [
    ...(everything && everything.action !== 'allow' ? [{ [everything.action]: '*' }] : []),
    ...own.map(({ key, action }) => ({ [action]: serverTools(key).replace(/\/$/, '/*') })),
  ];
  return value.length === 0 ? [] : [{ value: { mcp: value }, places: [] }];
}

/** Tools of a server as the language writes them. Where the server's name ends can't be seen; a name that begins with `_` goes on. */
export function serverTools(key: string): string {
  return key.replace(/^(.+?)_(.*)$/s, '$1/$2');
}

/** Keys of opencode that are no tools of the language. */
const OTHERS = [
  'task',
  'external_directory',
  'doom_loop',
  'lsp',
  'write',
  'patch',
  'apply_patch',
  'multiedit',
  'plan_enter',
  'plan_exit',
  'codesearch',
  'invalid',
];

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
