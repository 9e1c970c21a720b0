import type { Tool } from '../team/tools.ts';

const VERBS: Readonly<Partial<Record<Tool, string>>> = {
  shell: 'run',
  fetch: 'fetch',
  read: 'read',
  search: 'search',
  edit: 'edit',
  browser: 'browse',
  mcp: 'call',
  delegate: 'delegate to',
  'switch-role': 'switch to',
  'web-search': 'search the web for',
};

/** A call as it follows "may" in a sentence. */
export function callPhrase(tool: Tool, argument: string): string {
  return `${VERBS[tool] ?? `use ${tool} for`} ${quoted(argument)}`;
}

/** An argument or a pattern in quotes, on one line. */
export function quoted(text: string): string {
  return `"${text.replaceAll(/\s+/g, ' ')}"`;
}
