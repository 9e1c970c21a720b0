import { callsRole } from './labels.ts';
import { LONGEST_NAME, type Names } from './names.ts';
import type { Resolution } from './relation.ts';

/** A name in a text, and how it is marked there. */
export interface WrittenName {
  readonly written: string;
  readonly start: number;
  readonly end: number;
  readonly mark: 'at' | 'code' | 'link' | 'bold' | 'bare';
  readonly resolution: Resolution;
}

/** How far a closing mark is looked for. */
export const WINDOW = 300;

const TOKEN = /@?[\p{L}\p{N}_][\p{L}\p{N}_.:/+#-]*/uy;

/** The name that begins at an offset, marks around it included. Without marks it is the longest phrase that an agent answers to, or one word. */
export function nameAt(text: string, from: number, end: number, names: Names): WrittenName | undefined {
  let at = from;
  while (at < end && at - from < 8 && OPENING.test(text.slice(at, at + 2)))
    at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
  const bold = text.slice(from, at).includes('**') || text.slice(from, at).includes('__');
  const first = text[at];
  if (first === '`') return coded(text, at, end, names);
  if (first === '[') return linked(text, at, end, names);
  const word = tokenAt(text, at, end);
  if (!word) return undefined;
  if (word.startsWith('@')) {
    const written = word.slice(1);
    return { written, start: at, end: at + word.length, mark: 'at', resolution: names.resolve(written) };
  }
  const found = phraseAt(text, at, end, word, names);
  return bold ? { ...found, mark: 'bold' } : found;
}

/** Emphasis, quotes and pictures before a name. */
const OPENING = /^[*_"'“‘\s\u2190-\u2bff\u{1F000}-\u{1FAFF}]|^(?:\uFE0F|\u200D)/u;

function tokenAt(text: string, at: number, end: number): string | undefined {
  TOKEN.lastIndex = at;
  const token = TOKEN.exec(text)?.[0];
  if (!token) return undefined;
  let length = Math.min(token.length, end - at);
  while (length > 0 && '.:/_-+#'.includes(token[length - 1] as string)) length--;
  return length < 1 || (length === 1 && token[0] === '@') ? undefined : token.slice(0, length);
}

function coded(text: string, at: number, end: number, names: Names): WrittenName | undefined {
  const close = text.slice(at + 1, Math.min(end, at + WINDOW)).indexOf('`');
  if (close <= 0) return undefined;
  const written = text
    .slice(at + 1, at + 1 + close)
    .trim()
    .replace(/^(?:@|subagent_type:\s*)/, '');
  return { written, start: at, end: at + close + 2, mark: 'code', resolution: names.resolve(written) };
}

function linked(text: string, at: number, end: number, names: Names): WrittenName | undefined {
  const window = text.slice(at, Math.min(end, at + WINDOW));
  const middle = window.indexOf('](');
  const close = middle === -1 ? -1 : window.indexOf(')', middle);
  if (close === -1) return undefined;
  const label = window
    .slice(1, middle)
    .replace(/[*_`@]/g, '')
    .trim();
  const url = window.slice(middle + 2, close).replace(/#.*$/, '');
  if (!/\.(?:md|toml|ya?ml)$/i.test(url) || /^[a-z]+:/i.test(url)) return undefined;
  const stem = url.slice(url.lastIndexOf('/') + 1).replace(/\.(?:agent\.md|mode\.md|md|toml|ya?ml)$/i, '');
  const byFile = names.resolve(stem);
  const resolution = byFile.kind === 'dangling' ? names.resolve(label) : byFile;
  const written = resolution === byFile ? stem : label;
  return { written, start: at, end: at + close + 1, mark: 'link', resolution };
}

function phraseAt(text: string, at: number, end: number, word: string, names: Names): WrittenName {
  const most = names.phraseLength(word);
  const stops: number[] = [];
  let next = at + word.length;
  while (stops.length < most - 1 && /^[ \u00a0]/.test(text[next] ?? '')) {
    const gap = next + 1;
    const follow = tokenAt(text, gap, end);
    if (!follow || gap + follow.length > at + LONGEST_NAME) break;
    next = gap + follow.length;
    stops.push(next);
  }
  for (const stop of stops.reverse()) {
    const resolution = names.resolve(text.slice(at, stop));
    if (resolution.kind !== 'dangling')
      return { written: text.slice(at, stop), start: at, end: stop, mark: 'bare', resolution };
  }
  const written = firstOf(word, names);
  return { written, start: at, end: at + written.length, mark: 'bare', resolution: names.resolve(written) };
}

/** The first of several agents with slashes between them; a path is left whole. */
function firstOf(word: string, names: Names): string {
  const parts = word.split('/', 20);
  if (parts.length === 1 || word.length > LONGEST_NAME || names.resolve(word).kind === 'exact') return word;
  return parts.every((part) => callsRole(part) || 'id' in names.resolve(part)) ? (parts[0] as string) : word;
}

/** Whether a text has the shape of an agent's id: one word of letters and digits, not a placeholder, a file or a call. */
export function isHandle(written: string): boolean {
  return (
    written.length <= LONGEST_NAME &&
    /^[\p{L}\p{N}][\p{L}\p{N}_.:/-]*$/u.test(written) &&
    /\p{L}/u.test(written) &&
    !/\.[a-z]{1,5}$/i.test(written) &&
    !TOOLS.has(written.toLowerCase())
  );
}

const TOOLS = new Set(
  'new_task,switch_mode,attempt_completion,ask_followup_question,read_file,write_to_file,apply_diff,search_files,list_files,execute_command,task,agent,bash,read,write,edit,multiedit,grep,glob,ls,webfetch,websearch,todowrite,todoread,sendmessage,skill,yes,no,true,false'.split(
    ',',
  ),
);
