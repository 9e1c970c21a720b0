import { squeezeBlanks } from './normal.ts';
import type { Dialect } from './policy.ts';

/** Longer patterns are left to the automata, which know how large is too large. */
const LONGEST = 200;

/** A path of plain names, alone or with all that lies below it. */
const PLAIN_GLOB = /^((?:[\w-][\w.-]*\/)*[\w-][\w.-]*)(\/\*\*)?$/;
const PLAIN_PATH = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

/**
 * Whether a pattern matches an argument in its canonical form, where that can be seen without an automaton: of commands and names always,
 * of paths where both are plain. Nothing elsewhere. Equal to what the automaton says.
 */
export function plainMatch(dialect: Dialect, pattern: string, canonical: string): boolean | undefined {
  if (pattern.length > LONGEST) return undefined;
  if (dialect === 'name') return fits(pattern, canonical);
  if (dialect === 'command') return fitsCommand(squeezeBlanks(pattern), canonical);
  if (dialect !== 'path' || !PLAIN_PATH.test(canonical)) return undefined;
  const [, stem, below] = PLAIN_GLOB.exec(pattern) ?? [];
  if (stem === undefined) return undefined;
  return below === undefined ? canonical === stem : canonical.startsWith(`${stem}/`);
}

/** A trailing ` *` is optional. */
function fitsCommand(pattern: string, text: string): boolean {
  return fits(pattern, text) || (pattern.endsWith(' *') && fits(pattern.slice(0, -2), text));
}

/** Whether a text fits a pattern in which `*` is any text and `?` one character: from star to star, back to the last one only. */
export function fits(pattern: string, text: string): boolean {
  let [at, from] = [0, 0];
  let star: readonly [at: number, from: number] | undefined;
  while (from < text.length) {
    if (pattern[at] === '*') {
      star = [at, from];
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === text[from]) {
      at += 1;
      from += 1;
    } else if (star) {
      star = [star[0], star[1] + 1];
      [at, from] = [star[0] + 1, star[1]];
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
