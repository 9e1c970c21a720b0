import { callsRole, classOf } from './labels.ts';
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

/** A name that a list gives as a target, with what is said beside it. */
export interface Target extends WrittenName {
  readonly for?: string;
}

/** How far a closing mark is looked for. */
const WINDOW = 300;

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

/**
 * Which names that no agent has count: only what roles are called by (`data-engineer`), any that looks like a name, or
 * also single words with a capital, where nothing else than a name can stand.
 */
export type Accepts = 'roles' | 'names' | 'words';

/**
 * The names that a text begins with, up to what is said about them: `` `a`, `b` and @c - for databases ``. A class of
 * agents counts as one, unless the parentheses after it name its members. Below a strong label, a name that no agent
 * has is a target too.
 */
export function leadingTargets(text: string, from: number, end: number, names: Names, accepts: Accepts): Target[] {
  const targets: Target[] = [];
  let at = from;
  for (let guard = 0; guard < 200; guard++) {
    const name = acceptable(text, at, end, names, accepts);
    if (!name) break;
    targets.push(name);
    const next = afterSeparator(text, name.end, end);
    if (next === undefined) {
      at = name.end;
      break;
    }
    at = next;
  }
  const last = targets.at(-1);
  if (last && leadsOn(text, last.end, end, names)) return [];
  const note = noteFrom(text, last?.end ?? from, end);
  return note === undefined ? targets : targets.map((target) => ({ ...target, for: note }));
}

function acceptable(text: string, at: number, end: number, names: Names, accepts: Accepts): WrittenName | undefined {
  const name = nameAt(text, at, end, names);
  if (!name) return undefined;
  const marked = name.mark !== 'bare' && name.mark !== 'bold';
  if (isOther(text, name.end, end)) return undefined;
  if (name.resolution.kind === 'builtin') return marked ? name : undefined;
  if (name.resolution.kind !== 'dangling') return marked || isWhole(text, name, end) ? name : undefined;
  const unknown = marked ? unknownMarked(name) : unknownBare(text, name, end, names, accepts === 'words');
  return accepts !== 'roles' || (unknown && isRole(unknown, marked)) ? unknown : undefined;
}

/** What follows a name that is no agent's: "the `fix-ci` skill". */
const NO_AGENT = /^[*_`"']*\s+(?:skills?|commands?|tools?|CLI|MCP|scripts?|hooks?|plugins?|workflows?)\b/i;

/** Whether the word behind a name says that it is a skill's or a tool's. */
export function isOther(text: string, at: number, end: number): boolean {
  return NO_AGENT.test(text.slice(at, Math.min(end, at + 20)));
}

/** Whether a word that an agent answers to is more than a part of a sentence. */
function isWhole(text: string, name: WrittenName, end: number): boolean {
  return endsName(text, name.end, end) || /[\p{L}\p{N}][-_/ ][\p{L}\p{N}]/u.test(name.written);
}

/** Whether a name that no agent has can be nothing else than an agent's. */
function isRole({ written, resolution }: WrittenName, marked: boolean): boolean {
  if (resolution.kind !== 'dangling' || !isHandle(written) || !callsRole(written)) return false;
  return marked || written === written.toLowerCase();
}

/** A marked name that no agent has: a class of agents, or one that is missing. */
function unknownMarked(name: WrittenName): WrittenName | undefined {
  const kind = classOf(name.written);
  if (kind === 'nobody') return undefined;
  if (kind) return { ...name, resolution: { kind } };
  return isHandle(name.written.replace(/\.md$/, '')) ? name : undefined;
}

/** Words that are no agent's name: a class of agents, a role by its title, one word with hyphens, and where names stand alone one with a capital. */
function unknownBare(
  text: string,
  name: WrittenName,
  end: number,
  names: Names,
  alone: boolean,
): WrittenName | undefined {
  const segment = segmentAt(text, name.start, end);
  if (!segment) return undefined;
  const whole = { ...name, written: segment.text, end: segment.end };
  const kind = classOf(segment.text);
  if (kind === 'nobody') return undefined;
  if (kind) return { ...whole, resolution: { kind } };
  if (isTitle(segment.text)) return { ...whole, resolution: names.resolve(segment.text) };
  if (alone && /^\p{Lu}[\p{L}\p{N}_]+$/u.test(segment.text) && isHandle(segment.text)) return whole;
  const hyphened = /[\p{L}\p{N}][-_][\p{L}\p{N}]/u.test(name.written);
  return hyphened && isHandle(name.written) && endsName(text, name.end, end) ? name : undefined;
}

/** Two to four words that each begin with a capital letter, or end in what roles are called by: how a role is called by its name. */
function isTitle(text: string): boolean {
  if (text.length > 50 || !/^[\p{L}][\p{L}\p{N}/&-]*(?: \p{Lu}[\p{L}\p{N}/&-]*){1,3}$/u.test(text)) return false;
  return /^\p{Lu}/u.test(text) || callsRole(text);
}

/** A text up to the first mark that ends a name. */
function segmentAt(text: string, from: number, end: number): { text: string; end: number } | undefined {
  const window = text.slice(from, Math.min(end, from + 100));
  const stop =
    /\s[-–—/+]\s|[,;:(#*|→`\n]|\s->|\s(?:for|when|if|on|about|with|who|to|via|and|or|in)\b|\.(?:\s|$)|$/u.exec(window)
      ?.index ?? window.length;
  const segment = window.slice(0, stop).trim();
  return segment === '' ? undefined : { text: segment, end: from + segment.length };
}

function endsName(text: string, at: number, end: number): boolean {
  if (at >= end) return true;
  return /^(?:[*_"'”’`]*\s*(?:[,;:()#|/&+→、，：]|[-–—]\s|->|=>|$)|[*_"'”’`]*\s+(?:for|when|if|on|about|with|in|to|from|and|or|before|after|during|regarding)\b|\.(?:\s|$))/u.test(
    text.slice(at, Math.min(end, at + 20)),
  );
}

/** Whether an arrow leads from a name to another: a chain, in which the first is no target. */
function leadsOn(text: string, at: number, end: number, names: Names): boolean {
  const arrow = /^[*_`"']*\s*(?:→|⇒|->|=>)\s*/.exec(text.slice(at, Math.min(end, at + 20)));
  const next = arrow && nameAt(text, at + arrow[0].length, end, names);
  return next ? 'id' in next.resolution : false;
}

/** Where the next name of a list begins, if what follows a name is a separator: closing marks and a remark may stand between. */
function afterSeparator(text: string, at: number, end: number): number | undefined {
  const window = text.slice(at, Math.min(end, at + WINDOW));
  const match = /^[*_"'”’]*\s*(?:\([^()]{0,200}\)\s*)?[*_]*\s*(?:[,/&+|、，;]\s*(?:and\s+|or\s+)?|(?:and|or)\s+)/u.exec(
    window,
  );
  return match ? at + match[0].length : undefined;
}

/** What is said about the names before it. */
function noteFrom(text: string, at: number, end: number): string | undefined {
  const rest = text
    .slice(at, Math.min(end, at + 500))
    .replace(/^[*_"'”’`\s]*/u, '')
    .replace(/^(?:[-–—:#→=>]+\s*|\/\/\s*)+/u, '')
    .replace(/^\*+\s*/, '')
    .trim();
  const inner = /^\(([^()]*)\)$/.exec(rest)?.[1] ?? rest;
  const note = inner
    .replace(/^(?:for|on|about|regarding)(?=\s|:|$)\s*/i, '')
    .replace(/:$/, '')
    .trim();
  return note === '' || !/[\p{L}\p{N}]/u.test(note) ? undefined : note;
}

/**
 * The names of a list in one line, each with its remark: `` `a` for plans, `b` for money ``. The line begins with one,
 * unless it goes on from the line before.
 */
export function listedTargets(
  text: string,
  from: number,
  end: number,
  names: Names,
  accepts: Accepts,
  goesOn = false,
): Target[] {
  const targets: Target[] = [];
  for (const [start, stop] of topLevelParts(text, from, end)) {
    const found = leadingTargets(text, start, stop, names, accepts);
    if (found.length === 0 && targets.length === 0 && !goesOn) break;
    for (const target of found) targets.push(target);
  }
  return targets;
}

/** The parts between commas and semicolons that stand outside parentheses and back-ticks. */
function topLevelParts(text: string, from: number, end: number): (readonly [number, number])[] {
  const parts: (readonly [number, number])[] = [];
  let depth = 0;
  let code = false;
  let start = from;
  for (let at = from; at < end && parts.length < 200; at++) {
    const unit = text[at] as string;
    if (unit === '`') code = !code;
    if (code) continue;
    if ('(['.includes(unit)) depth++;
    if (')]'.includes(unit)) depth = Math.max(0, depth - 1);
    if (depth > 0 || !',;、，'.includes(unit)) continue;
    parts.push([start, at]);
    start = at + 1;
  }
  parts.push([start, end]);
  return parts;
}

/** The names inside the parentheses after a class: `` Directors (`architect`, `owner`) ``. */
export function membersOfClass(text: string, from: number, end: number, names: Names): Target[] {
  const window = text.slice(from, Math.min(end, from + WINDOW));
  const match = /^[*_\s]*([\p{L} -]{2,40})\(([^()]*)\)/u.exec(window);
  if (!match || classOf(match[1] as string) !== 'group') return [];
  const open = from + match[0].length - (match[2] as string).length - 1;
  const found = listedTargets(text, open, open + (match[2] as string).length, names, 'roles');
  const note = noteFrom(text, from + match[0].length, end);
  return found.map((target) => (note === undefined ? target : { ...target, for: note }));
}
