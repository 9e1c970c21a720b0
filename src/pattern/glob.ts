import { ANY, type CharSet, charSet, charsOf, complement, union } from './charset.ts';
import {
  anything,
  chars,
  type Expression,
  many,
  maybe,
  sequence,
  some,
  text,
  UnsupportedPattern,
  unit,
} from './expression.ts';
import { normalizePath } from './normal.ts';

const slash = text('/');
const inSegment: CharSet = complement(charsOf('/'));
const anySegment = many(chars(inSegment));
const below = some(chars(ANY));
const folders = maybe(sequence(anything, slash));

/** A glob, and whether it may match what lies outside the project. */
export interface Glob {
  readonly expression: Expression;
  readonly outside: boolean;
}

/**
 * teamc's paths: `*` and `?` stay within a segment, and a whole segment `**` is any number of folders: `x/**` is everything
 * below x, with `**` in front x lies at any depth, the root included. Only `*` alone and patterns that begin with `/` or `~/`
 * reach outside the project.
 */
export function path(pattern: string): Glob {
  if (pattern === '*') return { expression: anything, outside: true };
  const normal = normalizePath(pattern);
  const outside = /^(?:\/|~\/|~$|[A-Za-z]:(?:\/|$))/.test(normal);
  return { expression: globExpression(normal, segmentItems), outside };
}

/**
 * Claude Code's path rules (2.1), which are gitignore patterns: `//x` is absolute, `~/x` in the home folder, `/x` and any pattern
 * with a `/` inside begins at the project's root, and a bare name lies at any depth. A match of a folder covers what is in it.
 */
export function claudePath(pattern: string): Glob {
  if (pattern.startsWith('!')) throw new UnsupportedPattern(pattern, 'a leading "!" has no meaning in a single rule');
  const outside = pattern.startsWith('//') || pattern.startsWith('~/');
  const prefix = pattern.startsWith('~/') ? '~/' : outside ? '/' : '';
  const trimmed = pattern.replace(/^(?:\/\/|~\/|\.\/)/, '');
  const folder = trimmed.endsWith('/');
  const bare = trimmed.replace(/\/$/, '');
  const anchored = outside || pattern.startsWith('./') || bare.includes('/');
  const body = globExpression(bare.replace(/^\//, ''), (segment) => gitItems(segment, pattern));
  const inside = sequence(slash, below);
  return {
    expression: sequence(text(prefix), anchored ? text('') : folders, body, folder ? inside : maybe(inside)),
    outside,
  };
}

/** Segments joined by slashes, where a whole segment `**` stands for any number of folders. */
function globExpression(glob: string, items: (segment: string) => readonly Expression[]): Expression {
  const segments = glob.split('/').filter((segment, at, all) => segment !== '**' || all[at - 1] !== '**');
  const parts: Expression[] = [];
  for (const [at, segment] of segments.entries()) {
    const last = at === segments.length - 1;
    if (segment === '**') parts.push(last ? below : folders);
    else parts.push(...items(segment), ...(last ? [] : [slash]));
  }
  return sequence(...parts);
}

function segmentItems(segment: string): readonly Expression[] {
  const items: Expression[] = [];
  for (let at = 0; at < segment.length; at += 1) addWildcard(items, segment, at);
  return items;
}

function addWildcard(items: Expression[], segment: string, at: number): void {
  if (segment[at] === '?') items.push(chars(inSegment));
  else if (segment[at] !== '*') items.push(unit(segment.charCodeAt(at)));
  else if (items.at(-1) !== anySegment) items.push(anySegment);
}

/** A gitignore segment: as ours, and `\` takes the next character as it is, `[a-z]` and `[!a-z]` are classes. */
function gitItems(segment: string, pattern: string): readonly Expression[] {
  const items: Expression[] = [];
  for (let at = 0; at < segment.length; at += 1) {
    if (segment[at] === '\\' && at + 1 < segment.length) {
      at += 1;
      items.push(unit(segment.charCodeAt(at)));
    } else if (segment[at] === '[') {
      const end = segment.indexOf(']', at + (/^\[[!^]?\]/.test(segment.slice(at)) ? 3 : 1));
      if (end === -1) throw new UnsupportedPattern(pattern, 'a "[" is never closed');
      items.push(chars(classOf(segment.slice(at + 1, end), pattern)));
      at = end;
    } else addWildcard(items, segment, at);
  }
  return items;
}

function classOf(body: string, pattern: string): CharSet {
  if (body.includes('[:') || body.includes('\\'))
    throw new UnsupportedPattern(pattern, 'named or escaped classes are not read');
  const negated = body.startsWith('!') || body.startsWith('^');
  const members = body.slice(negated ? 1 : 0);
  const ranges: number[] = [];
  for (let at = 0; at < members.length; at += 1) {
    const isRange = members[at + 1] === '-' && at + 2 < members.length;
    ranges.push(members.charCodeAt(at), members.charCodeAt(isRange ? at + 2 : at));
    if (isRange) at += 2;
  }
  const listed = charSet(ranges);
  return negated ? complement(union(listed, charsOf('/'))) : listed;
}
