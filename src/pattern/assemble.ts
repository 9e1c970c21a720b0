import { ANY, type CharSet, charSet, complement, intersection, NONE } from './charset.ts';
import { type Assertion, type Expression, UnsupportedPattern } from './expression.ts';
import { type Program, seal } from './program.ts';

const MOST_STEPS = 50_000;
const DEEPEST = 300;

/** A node of Thompson's construction: takes a character, asks where it stands, or just leads on. */
interface Cell {
  readonly set?: CharSet;
  readonly assert?: Assertion;
  readonly to: number[];
}

/** What a text's next character may be, as bits. An assertion narrows it. */
const WORD = 1;
const OTHER = 2;
const END = 4;

/** What the character before was; `plain` where no assertion asks for words. */
type Previous = 'start' | 'word' | 'other' | 'plain';

/** A cell that takes a character, once it is known what may come next and what will have been before. */
interface Place {
  readonly cell: number;
  readonly set: CharSet;
  readonly leaves: Previous;
}

/** `\w`, also for `\b`. */
export const WORD_CHARS: CharSet = charSet([48, 57, 65, 90, 95, 95, 97, 122]);

/**
 * Makes the automaton of an expression: Thompson's construction, then the empty moves are taken out. Assertions
 * become exact by splitting a position by what was before it and what may come next.
 * Throws `UnsupportedPattern` where the automaton would be too large; `pattern` is only for that message.
 */
export function assemble(expression: Expression, pattern: string): Program {
  const cells: Cell[] = [{ to: [] }];
  const stars = new Set<number>();
  let steps = 0;
  const entry = lay(expression, 0, 0);
  const plain = cells.every((cell) => cell.assert === undefined);
  return resolve(cells, entry, plain ? stars : new Set());

  function add(cell: Cell): number {
    return cells.push(cell) - 1;
  }

  /** Lays an expression before a cell, right to left, so that a smaller number stands further right. */
  function lay(item: Expression, exit: number, depth: number): number {
    steps += 1;
    if (steps > MOST_STEPS) throw new UnsupportedPattern(pattern, 'it is too large');
    if (depth > DEEPEST) throw new UnsupportedPattern(pattern, 'it is nested too deeply');
    switch (item.kind) {
      case 'chars':
        return add({ set: item.set, to: [exit] });
      case 'assert':
        return add({ assert: item.what, to: [exit] });
      case 'choice':
        return add({ to: item.items.map((one) => lay(one, exit, depth + 1)) });
      case 'repeat':
        return layRepeat(item, exit, depth + 1);
      case 'sequence':
        return item.items.reduceRight((after, one) => {
          const before = lay(one, after, depth + 1);
          if (depth === 0 && isStar(one)) stars.add(cells[before]!.to[0]!);
          return before;
        }, exit);
    }
  }

  function layRepeat(item: Expression & { kind: 'repeat' }, exit: number, depth: number): number {
    let entry = exit;
    if (item.most === Number.POSITIVE_INFINITY) {
      entry = add({ to: [] });
      const body = lay(item.item, entry, depth);
      cells[entry]!.to.push(body, exit);
    } else {
      for (let at = item.least; at < item.most; at += 1) entry = add({ to: [lay(item.item, entry, depth), exit] });
    }
    for (let at = 0; at < item.least; at += 1) entry = lay(item.item, entry, depth);
    return entry;
  }
}

function isStar(item: Expression): boolean {
  return item.kind === 'repeat' && item.least === 0 && item.most === Number.POSITIVE_INFINITY && takesAny(item.item);
}

function takesAny(item: Expression): boolean {
  return item.kind === 'chars' && item.set === ANY;
}

/** Takes the empty moves out: the places are found from the start on, then put into reading order. */
function resolve(cells: readonly Cell[], entry: number, stars: ReadonlySet<number>): Program {
  const asksForWords = cells.some((cell) => cell.assert === 'word' || cell.assert === 'not-word');
  const places: Place[] = [];
  const numbers = new Map<string, number>();
  const ACCEPT = -1;

  const placesAfter = (from: number, previous: Previous): number[] =>
    closure(cells, from, previous).flatMap(([cell, next]) => {
      if (cell === 0) return next & END ? [ACCEPT] : [];
      return split(cells[cell]!.set!, next, asksForWords).map(([set, leaves]) => number({ cell, set, leaves }));
    });

  function number(place: Place): number {
    const key = `${place.cell} ${place.leaves} ${place.set.join()}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, places.length);
    return places.push(place) - 1;
  }

  const start = placesAfter(entry, 'start');
  const next: number[][] = [];
  for (let at = 0; at < places.length; at += 1)
    next.push(placesAfter(cells[places[at]!.cell]!.to[0]!, places[at]!.leaves));

  const order = places.map((_, at) => at).sort((a, b) => places[b]!.cell - places[a]!.cell);
  const position = new Int32Array(places.length);
  for (const [at, place] of order.entries()) position[place] = at;
  const rename = (targets: readonly number[]): number[] => [
    ...new Set(targets.map((target) => (target === ACCEPT ? places.length : position[target]!))),
  ];
  return seal({
    sets: order.map((at) => places[at]!.set),
    next: order.map((at) => rename(next[at]!)),
    start: rename(start),
    star: order.map((at) => stars.has(places[at]!.cell)),
  });
}

/** The cells that are reached without taking a character, each with what may come next there. */
function closure(cells: readonly Cell[], from: number, previous: Previous): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  const seen = new Set<number>();
  const open: (readonly [number, number])[] = [[from, WORD | OTHER | END]];
  for (let here = open.pop(); here; here = open.pop()) {
    const [at, next] = here;
    if (next === 0 || seen.has(at * 8 + next)) continue;
    seen.add(at * 8 + next);
    const cell = cells[at]!;
    if (at === 0 || cell.set) found.push(here);
    else for (const to of cell.to) open.push([to, cell.assert ? narrow(next, cell.assert, previous) : next]);
  }
  return found;
}

function narrow(next: number, assertion: Assertion, previous: Previous): number {
  if (assertion === 'start') return previous === 'start' ? next : 0;
  if (assertion === 'end') return next & END;
  const wordAhead = (previous === 'word') !== (assertion === 'word');
  return next & (wordAhead ? WORD : OTHER | END);
}

/** A set cut to what may come next, and in two where it will matter whether it was a word character. */
function split(set: CharSet, next: number, asksForWords: boolean): readonly (readonly [CharSet, Previous])[] {
  if (!asksForWords) return next & (WORD | OTHER) ? [[set, 'plain']] : [];
  const word = next & WORD ? intersection(set, WORD_CHARS) : NONE;
  const other = next & OTHER ? intersection(set, complement(WORD_CHARS)) : NONE;
  return [...(word === NONE ? [] : [[word, 'word'] as const]), ...(other === NONE ? [] : [[other, 'other'] as const])];
}
