import { callsRole, classOf } from './labels.ts';
import type { Names } from './names.ts';
import { isHandle, nameAt, WINDOW, type WrittenName } from './written-name.ts';

/** A name that a list gives as a target, with what is said beside it. */
export interface Target extends WrittenName {
  readonly for?: string;
}

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
