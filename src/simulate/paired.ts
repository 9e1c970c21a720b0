import { judge } from './expectations.ts';
import { seededMind } from './minds/seeded.ts';
import { play, type Run } from './play.ts';
import { type Interval, normalQuantile } from './statistics.ts';
import type { World } from './world.ts';

/** One measure of the runs of two versions. Means of all runs; times in milliseconds, costs in US dollars, shares of one. */
export interface Difference {
  readonly name: string;
  readonly unit: 'share' | 'time' | 'cost' | 'count';
  readonly before: number;
  readonly now: number;
  /** The mean of now minus before, run by run, and where it lies with 95 % confidence. */
  readonly mean: number;
  readonly interval: Interval;
  /** How many times as large the variance would be if both versions drew for themselves; infinite where nothing differs by chance. */
  readonly quieter: number;
}

/** Two versions, played with the same draws. */
export interface Paired {
  readonly seed: string;
  readonly runs: number;
  readonly differences: readonly Difference[];
  /** Runs that end in another way, or keep other expectations, and the first of them. */
  readonly otherwise: number;
  readonly first?: number;
}

/** Measures of a run. */
type Measure = readonly [name: string, unit: Difference['unit'], of: (run: Run) => number];

const MEASURES: readonly Measure[] = [
  ['done', 'share', ({ over }) => (over.kind === 'done' ? 1 : 0)],
  ['time', 'time', ({ state }) => state.now],
  ['cost', 'cost', ({ state }) => state.cost],
  ['failures', 'count', ({ events }) => events.filter(({ type, end }) => type === 'failed' && !end).length],
  ['refusals', 'count', ({ events }) => events.filter(({ type }) => type === 'refused').length],
  [
    'climbs',
    'count',
    ({ events }) =>
      events.filter(({ type, to, role, step }) => type === 'escalated' && to !== role && step !== 'utilization').length,
  ],
];

/**
 * Plays runs 1 to `runs` of a seed in two versions. What chance decides has the same key in both and so the same draw, so that what differs is
 * what the change does.
 */
export function compareRuns(before: World, now: World, seed: string, runs: number): Paired {
  const sums = MEASURES.map(() => new Sums());
  let otherwise = 0;
  let first: number | undefined;
  for (let number = 1; number <= runs; number++) {
    const [one, other] = [before, now].map((world) => play(world, seededMind(seed, number))) as [Run, Run];
    for (const [at, [, , of]] of MEASURES.entries()) sums[at]!.add(of(one), of(other));
    if (endOf(before, one) === endOf(now, other)) continue;
    otherwise++;
    first ??= number;
  }
  const differences = MEASURES.map(([name, unit], at) => ({ name, unit, ...sums[at]!.difference() }));
  return { seed, runs, differences, otherwise, ...(first === undefined ? {} : { first }) };
}

/** How a run ended and which expectations it broke, as one text. */
function endOf(world: World, run: Run): string {
  const broken = judge(world, run).flatMap(({ status, expectation }) =>
    status === 'broken' ? [expectation.name] : [],
  );
  return JSON.stringify([run.over, broken]);
}

/** Means and variances of pairs of numbers, taken in one after the other (Welford 1962). */
class Sums {
  #count = 0;
  readonly #before = new Moments();
  readonly #now = new Moments();
  readonly #change = new Moments();

  add(before: number, now: number): void {
    this.#count++;
    this.#before.add(before);
    this.#now.add(now);
    this.#change.add(now - before);
  }

  difference(): Omit<Difference, 'name' | 'unit'> {
    const { mean, variance } = this.#change;
    const spread = normalQuantile(0.975) * Math.sqrt(variance / this.#count);
    const apart = this.#before.variance + this.#now.variance;
    return {
      before: this.#before.mean,
      now: this.#now.mean,
      mean,
      interval: { low: mean - spread, high: mean + spread },
      quieter: variance === 0 ? Number.POSITIVE_INFINITY : apart / variance,
    };
  }
}

class Moments {
  mean = 0;
  #count = 0;
  #squares = 0;

  add(value: number): void {
    this.#count++;
    const off = value - this.mean;
    this.mean += off / this.#count;
    this.#squares += off * (value - this.mean);
  }

  get variance(): number {
    return this.#count < 2 ? 0 : this.#squares / (this.#count - 1);
  }
}
