import type { Dialect } from '../pattern/policy.ts';

/**
 * The abstract tools of the language, and how the argument of a call is read.
 * `delegate` is never granted by name: it comes with `delegates-to` and covers exactly those roles.
 */
export const TOOLS = {
  read: 'path',
  search: 'path',
  edit: 'path',
  shell: 'command',
  fetch: 'url',
  'web-search': 'name',
  browser: 'url',
  mcp: 'name',
  'switch-role': 'name',
  'ask-user': 'name',
  todo: 'name',
  skill: 'name',
  notebook: 'path',
  complete: 'name',
  delegate: 'name',
} as const satisfies Record<string, Dialect>;

export type Tool = keyof typeof TOOLS;

/** Tools that only look or talk: with no rule they are allowed; the others ask. */
export const HARMLESS: ReadonlySet<Tool> = new Set<Tool>([
  'read',
  'search',
  'delegate',
  'ask-user',
  'todo',
  'skill',
  'complete',
]);

export function isTool(name: string): name is Tool {
  return Object.hasOwn(TOOLS, name);
}

/** Splits `tool:pattern`; a pattern may hold colons of its own. */
export function splitTool(text: string): { readonly name: string; readonly pattern: string | undefined } {
  const colon = text.indexOf(':');
  return colon === -1
    ? { name: text, pattern: undefined }
    : { name: text.slice(0, colon), pattern: text.slice(colon + 1) };
}
