import { fits } from './fits.ts';
import { squeezeBlanks } from './normal.ts';
import type { Dialect } from './policy.ts';

/** Longer patterns, which no team file can have, are left to the automata, which know how large is too large. */
const LONGEST = 5_000;

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
