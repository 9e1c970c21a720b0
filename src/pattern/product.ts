import { edgeTable } from './edge-table.ts';
import type { Machine } from './machine.ts';
import type { Meter } from './meter.ts';

/** Machines run side by side; `read` turns an outcome into the outcomes of each, in their order. */
export interface Joint {
  readonly machine: Machine;
  read(outcome: number): readonly number[];
}

/** The machine whose outcome is the least of all their outcomes: of decisions, the strictest. */
export function strictest(machines: readonly Machine[], size: number, meter: Meter): Machine {
  return balanced(machines, (a, b) =>
    product(a, b, size, meter, {
      outcome: Math.min,
      settled: (x, y) =>
        (a.settled(x) && a.outcome(x) === 0) || (b.settled(y) && b.outcome(y) === 0) || (a.settled(x) && b.settled(y)),
    }),
  );
}

/** The machine whose outcome tells all their outcomes. Pairs of pairs, so that each step is shared by all that agree on a part. */
export function sideBySide(machines: readonly Machine[], size: number, meter: Meter): Joint {
  const leaves = machines.map((machine): Joint => ({ machine, read: (outcome) => [outcome] }));
  return balanced(leaves, (a, b) => pair(a, b, size, meter));
}

function pair(a: Joint, b: Joint, size: number, meter: Meter): Joint {
  const outcomes: (readonly [number, number])[] = [];
  const numbers = new Map<number, number>();
  const outcome = (x: number, y: number): number => {
    const key = x * WIDE + y;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, outcomes.length);
    return outcomes.push([x, y]) - 1;
  };
  const settled = (x: number, y: number): boolean => a.machine.settled(x) && b.machine.settled(y);
  return {
    machine: product(a.machine, b.machine, size, meter, { outcome, settled }),
    read(of) {
      const [x, y] = outcomes[of]!;
      return [...a.read(x), ...b.read(y)];
    },
  };
}

/** Two numbers below this fit into one exact key. */
const WIDE = 2 ** 26;

interface Combination {
  outcome(a: number, b: number): number;
  settled(a: number, b: number): boolean;
}

function product(a: Machine, b: Machine, size: number, meter: Meter, combined: Combination): Machine {
  const lefts: number[] = [];
  const rights: number[] = [];
  const edges = edgeTable(size);
  const relevant: (readonly number[] | undefined)[] = [];
  const outcomes: number[] = [];
  const numbers = new Map<number, number>();
  const start = enter(a.start, b.start);

  function enter(left: number, right: number): number {
    const key = left * WIDE + right;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    meter.spend(size);
    numbers.set(key, lefts.length);
    outcomes.push(combined.outcome(a.outcome(left), b.outcome(right)));
    rights.push(right);
    return lefts.push(left) - 1;
  }

  return {
    start,
    step(state, char) {
      const known = edges.get(state, char);
      if (known >= 0) return known;
      const to = enter(a.step(lefts[state]!, char), b.step(rights[state]!, char));
      edges.set(state, char, to);
      return to;
    },
    relevant(state) {
      relevant[state] ??= merge(a.relevant(lefts[state]!), b.relevant(rights[state]!));
      return relevant[state];
    },
    outcome: (state) => outcomes[state]!,
    settled: (state) => combined.settled(lefts[state]!, rights[state]!),
  };
}

/** Two ascending lists as one, without repeats. */
export function merge(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const merged: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const x = a[i] ?? Number.POSITIVE_INFINITY;
    const y = b[j] ?? Number.POSITIVE_INFINITY;
    merged.push(Math.min(x, y));
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return merged;
}

/** Folds a list in halves, so that the tree over it is shallow. */
function balanced<T>(items: readonly T[], join: (a: T, b: T) => T): T {
  let level = items;
  while (level.length > 1) {
    const above: T[] = [];
    for (let at = 0; at < level.length; at += 2)
      above.push(at + 1 < level.length ? join(level[at]!, level[at + 1]!) : level[at]!);
    level = above;
  }
  return level[0]!;
}
