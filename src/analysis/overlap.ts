import { normalizePath } from '../pattern/normal.ts';
import type { Dialect } from '../pattern/policy.ts';

/** What a pattern means for the arguments of another: it matches all of them, none of them, or only the automata can say. */
export type Overlap = 'covers' | 'apart' | 'unclear';

/** How a pattern relates to the arguments of another one, as far as their letters show it. */
export function overlap(dialect: Dialect, pattern: string, other: string): Overlap {
  if (pattern === '*' || pattern === other) return 'covers';
  const [a, b] = [shapeOf(dialect, pattern), shapeOf(dialect, other)];
  if (!a || !b) return 'unclear';
  if (isBeyond(a, b) || isBeyond(b, a)) return 'apart';
  return covers(a, b) ? 'covers' : 'unclear';
}

/** What every argument of a pattern begins with, and what may follow. */
interface Shape {
  readonly stem: string;
  /** `words`: nothing, or a blank and any text. `below`: a slash and more text. `something`: what the letters do not show. */
  readonly tail: 'nothing' | 'anything' | 'words' | 'below' | 'something';
}

/** What has to follow the stem, if anything does. */
const SEPARATOR: Readonly<Partial<Record<Shape['tail'], string>>> = { words: ' ', below: '/' };

/** Whether no argument of the second can be one of the first: it goes on in another way. */
function isBeyond({ stem, tail }: Shape, other: Shape): boolean {
  if (!other.stem.startsWith(stem)) return !stem.startsWith(other.stem);
  const rest = other.stem.slice(stem.length);
  return rest !== '' && (tail === 'nothing' || !rest.startsWith(SEPARATOR[tail] ?? ''));
}

function covers(a: Shape, b: Shape): boolean {
  if (!b.stem.startsWith(a.stem)) return false;
  const rest = b.stem.slice(a.stem.length);
  if (a.tail === 'anything') return true;
  if (rest === '' && b.tail === 'nothing') return a.tail === 'nothing' || a.tail === 'words';
  if (a.tail === 'words') return rest.startsWith(' ') || (rest === '' && b.tail === 'words');
  return a.tail === 'below' && (rest.length > 1 || (rest === '' && b.tail === 'below'));
}

/** Whether a pattern could match an argument that needs no squeezing or normalizing; `false` is certain. */
export function mayMatch(dialect: Dialect, pattern: string, argument: string): boolean {
  const shape = pattern === '*' ? undefined : shapeOf(dialect, pattern);
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
  if (dialect === 'name') return { stem, tail: rest === '' ? 'nothing' : rest === '*' ? 'anything' : 'something' };
  if (dialect === 'url') return { stem, tail: rest === '' ? 'nothing' : 'something' };
  return undefined;
}

function commandShape(stem: string, rest: string): Shape | undefined {
  if (!/^[^\s'"\\]+(?: [^\s'"\\]+)* ?$/.test(stem) || (rest === '' && stem.endsWith(' '))) return undefined;
  if (rest === '*' && stem.endsWith(' ')) return { stem: stem.slice(0, -1), tail: 'words' };
  return { stem, tail: rest === '' ? 'nothing' : rest === '*' ? 'anything' : 'something' };
}

function pathShape(pattern: string, stem: string, rest: string): Shape | undefined {
  if (!/^(?:~?\/|\.?[\w-])/.test(stem) || /^[A-Za-z]:/.test(stem) || normalizePath(pattern) !== pattern)
    return undefined;
  if (rest === '**' && stem.endsWith('/')) return { stem: stem.slice(0, -1), tail: 'below' };
  return { stem, tail: rest === '' ? 'nothing' : 'something' };
}
