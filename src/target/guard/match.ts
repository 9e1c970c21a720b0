import { fits, fitsInTurn } from '../../pattern/fits.ts';
import { normalizePath, squeezeBlanks } from '../../pattern/normal.ts';

/** How the argument of a tool is matched. */
export type Kind = 'command' | 'path' | 'url' | 'name';

/**
 * Whether a pattern of the language matches an argument. It says the same as the automata of the permission engine, in
 * a form that a guard can carry; the tests hold the two equal.
 */
export function matchesPattern(kind: Kind, pattern: string, argument: string): boolean {
  if (pattern === '*') return true;
  switch (kind) {
    case 'command':
      return matchesCommand(squeezeBlanks(pattern), squeezeBlanks(argument));
    case 'path':
      return matchesPath(normalizePath(pattern), normalizePath(argument));
    case 'url':
      return matchesUrl(pattern, argument);
    case 'name':
      return fits(pattern, argument);
  }
}

/** A trailing ` *` may be left out. */
function matchesCommand(pattern: string, command: string): boolean {
  return fits(pattern, command) || (pattern.endsWith(' *') && fits(pattern.slice(0, -2), command));
}

/** Only a pattern that begins outside the project leads outside it. */
function matchesPath(pattern: string, path: string): boolean {
  const outside = /^(?:\.\.(?:\/|$)|\/|~(?:\/|$)|[A-Za-z]:(?:\/|$))/;
  if (outside.test(path) && (!outside.test(pattern) || pattern.startsWith('..'))) return false;
  // A regular expression could be kept busy for hours by a path.
  return fitsInTurn(segmentsOf(pattern), path.split('/'), '**', fits);
}

/** A `**` at the end is at least one segment, elsewhere any number of them. */
function segmentsOf(pattern: string): readonly string[] {
  const segments = pattern.split('/');
  return segments.at(-1) === '**' ? [...segments, '?*'] : segments;
}

/** Before the first slash after `://` a star stays within the host. */
function matchesUrl(pattern: string, url: string): boolean {
  const scheme = pattern.indexOf('://');
  if (scheme === -1) return fits(pattern, url);
  const slash = pattern.indexOf('/', scheme + 3);
  const host = slash === -1 ? pattern : pattern.slice(0, slash);
  const rest = slash === -1 ? '' : pattern.slice(slash);
  const end = afterSlashes(url, host.split('/').length - 1);
  // No star goes past one of these signs, so that what stands between them is matched part by part.
  const wanted = host.split(/([/\\#@])/);
  const given = url.slice(0, end).split(/([/\\?#@])/);
  const isGiven = (part: string, index: number): boolean =>
    index % 2 === 1 ? part === given[index] : fits(part, given[index]!);
  return wanted.length === given.length && wanted.every(isGiven) && fits(rest, url.slice(end));
}

/** Where the slash stands that comes after so many others; the end of the text where there is none. */
function afterSlashes(text: string, count: number): number {
  let at = text.indexOf('/');
  for (let passed = 0; passed < count && at !== -1; passed++) at = text.indexOf('/', at + 1);
  return at === -1 ? text.length : at;
}
