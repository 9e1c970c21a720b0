import { type CharSet, has, LAST_UNIT } from './charset.ts';

/**
 * Characters that no set of a question tells apart are one class. Classes are numbered from the nicest on, by the nicest
 * character they hold, so that a search that tries them in order finds the nicest example among the shortest.
 */
export interface Alphabet {
  /** How many classes there are. */
  readonly size: number;
  /** The character that stands for a class in an example. */
  readonly sample: readonly string[];
  /** The class of a code unit. */
  classOf(unit: number): number;
  /** For each class whether a set holds it. */
  row(set: CharSet): Uint8Array;
  /** The classes that a set treats unlike the bulk of all characters: its own where it is small, else those it lacks. */
  relevant(set: CharSet): readonly number[];
}

/** Characters in the order in which an example should use them. */
const NICEST =
  'abcdefghijklmnopqrstuvwxyz0123456789-./_:=,@+%^#~ ABCDEFGHIJKLMNOPQRSTUVWXYZ\'"{}[]()!?*$&|;<>\\`éèüöäñ';

/** A character that stands for all those that nobody writes: of the private use area. */
const BULK = 0xe000;

/** The alphabet of a question: the coarsest classes that all its sets agree on. */
export function alphabetOf(sets: readonly CharSet[]): Alphabet {
  const distinct = [...new Set(sets)];
  const { starts, classes, units } = divide(distinct);
  const table = distinct.map((set) => Uint8Array.from(units, (unit) => (has(set, unit) ? 1 : 0)));
  const rows = new Map(distinct.map((set, at) => [set, table[at]!]));
  const classOf = (unit: number): number => classes[lastAtMost(starts, unit)]!;
  const bulk = classOf(BULK);
  const listed = new Map<CharSet, readonly number[]>();
  for (const [set, row] of rows) {
    const apart: number[] = [];
    for (const [at, held] of row.entries()) if (held !== row[bulk]) apart.push(at);
    listed.set(set, apart);
  }
  return {
    size: units.length,
    sample: units.map((unit) => String.fromCharCode(unit)),
    classOf,
    row: (set) => rows.get(set)!,
    relevant: (set) => listed.get(set)!,
  };
}

/** Cuts the code units where a set begins or ends, and gathers the pieces that are in the same sets. */
function divide(sets: readonly CharSet[]): { starts: number[]; classes: number[]; units: number[] } {
  const cuts = new Set<number>([0]);
  for (const set of sets) for (const [at, edge] of set.entries()) cuts.add(at % 2 === 0 ? edge : edge + 1);
  const starts = [...cuts].filter((cut) => cut <= LAST_UNIT).sort((a, b) => a - b);
  const signatures = signaturesOf(sets, starts);

  const numbers = new Map<string, number>();
  const units: number[] = [];
  const name = (unit: number): void => {
    const signature = signatures[lastAtMost(starts, unit)]!;
    if (!numbers.has(signature)) numbers.set(signature, units.push(unit) - 1);
  };
  for (let at = 0; at < NICEST.length; at += 1) name(NICEST.charCodeAt(at));
  for (const start of starts) name(start);
  return { starts, classes: signatures.map((signature) => numbers.get(signature)!), units };
}

/** For each piece the sets that hold it. */
function signaturesOf(sets: readonly CharSet[], starts: readonly number[]): string[] {
  const members: number[][] = starts.map(() => []);
  for (const [number, set] of sets.entries()) {
    for (let at = 0; at < set.length; at += 2) {
      for (
        let piece = lastAtMost(starts, set[at]!);
        piece < starts.length && starts[piece]! <= set[at + 1]!;
        piece += 1
      )
        members[piece]!.push(number);
    }
  }
  return members.map((list) => list.join());
}

/** The index of the last number that is at most the one given. */
function lastAtMost(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ascending[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
