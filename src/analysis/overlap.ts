import { normalizePath, squeezeBlanks } from '../pattern/normal.ts';
import type { Dialect } from '../pattern/policy.ts';

/** What a pattern means for the arguments of another: it matches all of them, none of them, or only the automata can say. */
export type Overlap = 'covers' | 'apart' | 'unclear';

/** How a pattern relates to the arguments of another one, as far as their letters show it. */
export function overlap(dialect: Dialect, pattern: string, other: string): Overlap {
  if (pattern === '*' || pattern === other) return 'covers';
  const [a, b] = [shapeOf(dialect, pattern), shapeOf(dialect, other)];
  if (!a || !b) return 'unclear';
  if (isBeyond(a, b) || isBeyond(b, a)) return 'apart';
  if (covers(a, b)) return 'covers';
  return lacks(a, b) || (lacks(b, a) && !covers(b, a)) ? 'apart' : 'unclear';
}

/** Whether the letters of the second are all there is to it, so that what it is asked for is either there or missing. */
function lacks({ within }: Shape, { tail }: Shape): boolean {
  return within !== undefined && tail === 'nothing';
}

/** What every argument of a pattern begins with, and what may follow. */
interface Shape {
  readonly stem: string;
  /** `words`: nothing, or a blank and any text. `below`: a slash and more text. `something`: what the letters do not show. */
  readonly tail: 'nothing' | 'anything' | 'words' | 'below' | 'something';
  /** The texts that must come somewhere behind the stem, in their order, where nothing else is asked for. */
  readonly within?: readonly string[];
}

/** What has to follow the stem, if anything does. */
const SEPARATOR: Readonly<Partial<Record<Shape['tail'], string>>> = { words: ' ', below: '/' };

/** Whether no argument of the second can be one of the first: it goes on in another way. */
function isBeyond({ stem, tail }: Shape, other: Shape): boolean {
  if (!other.stem.startsWith(stem)) return !stem.startsWith(other.stem);
  const rest = other.stem.slice(stem.length);
  return rest !== '' && (tail === 'nothing' || !rest.startsWith(SEPARATOR[tail] ?? ''));
}

/** Whether the first matches all that the second does, where they are not the same and neither is beyond the other. */
function covers(a: Shape, b: Shape): boolean {
  if (!b.stem.startsWith(a.stem)) return false;
  const rest = b.stem.slice(a.stem.length);
  if (a.tail === 'anything') return true;
  if (a.within) return holdsInOrder(rest, a.within);
  if (a.tail === 'words') return rest !== '' || b.tail === 'nothing';
  return a.tail === 'below' && rest.length > 1;
}

/** Whether a text holds some others one after the other. */
function holdsInOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return true;
}

/** The one argument that a pattern matches, where its letters are all there is to it. */
export function onlyArgument(dialect: Dialect, pattern: string): string | undefined {
  return shapeOf(dialect, pattern)?.tail === 'nothing' ? pattern : undefined;
}

/** Whether a pattern could match an argument that needs no squeezing or normalizing; `false` is certain. */
export function mayMatch(dialect: Dialect, pattern: string, argument: string): boolean {
  const shape = shapeOf(dialect, pattern);
  return !shape || argument.startsWith(shape.stem);
}

const shapes = new Map<Dialect, Map<string, Shape | undefined>>();
const MOST_KEPT = 20_000;

function shapeOf(dialect: Dialect, pattern: string): Shape | undefined {
  const known = shapes.get(dialect) ?? new Map<string, Shape | undefined>();
  shapes.set(dialect, known);
  if (known.has(pattern)) return known.get(pattern);
  if (known.size >= MOST_KEPT) known.clear();
  const shape = read(dialect, pattern);
  known.set(pattern, shape);
  return shape;
}

/** Only patterns that are read letter by letter have a shape, not those that are squeezed or normalized first. */
function read(dialect: Dialect, pattern: string): Shape | undefined {
  const stem = pattern.replace(/[*?].*$/s, '');
  const rest = pattern.slice(stem.length);
  if (dialect === 'command') return commandShape(stem, rest);
  if (dialect === 'path') return pathShape(pattern, stem, rest);
  if (dialect === 'name') return freeShape(stem, rest);
  if (dialect === 'url') return { stem, tail: rest === '' ? 'nothing' : 'something' };
  return undefined;
}

function commandShape(stem: string, rest: string): Shape | undefined {
  if (!/^\S+(?: \S+)* ?$/.test(stem) || squeezeBlanks(stem + rest) !== stem + rest) return undefined;
  if (rest === '*' && stem.endsWith(' ')) return { stem: stem.slice(0, -1), tail: 'words' };
  return freeShape(stem, rest);
}

/** The shape where a star is any text. */
function freeShape(stem: string, rest: string): Shape {
  if (rest === '' || rest === '*') return { stem, tail: rest === '' ? 'nothing' : 'anything' };
  const isWithin = /^\*(?:[\w./-]+\*)+$/.test(rest);
  return { stem, tail: 'something', ...(isWithin ? { within: rest.split('*').filter(Boolean) } : {}) };
}

function pathShape(pattern: string, stem: string, rest: string): Shape | undefined {
  if (!/^(?:~?\/|\.?[\w-])/.test(stem) || /^[A-Za-z]:/.test(stem) || normalizePath(pattern) !== pattern)
    return undefined;
  if (rest === '**' && stem.endsWith('/')) return { stem: stem.slice(0, -1), tail: 'below' };
  return { stem, tail: rest === '' ? 'nothing' : 'something' };
}
