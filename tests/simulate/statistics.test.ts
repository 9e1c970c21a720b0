import { expect, test } from 'vitest';
import { type Hash, hashed, uniform } from '../../src/simulate/hash.ts';
import { normalQuantile, quantile, quantileInterval, wilson } from '../../src/simulate/statistics.ts';

test("Wilson's interval is the published one", () => {
  // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  const published = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const;
  for (const [hits, trials, low, high] of published) {
    const found = wilson(hits, trials);
    expect([found.low.toFixed(4), found.high.toFixed(4)]).toEqual([low.toFixed(4), high.toFixed(4)]);
  }
});

test('of nothing any share is possible, and where all or none were seen the interval ends there', () => {
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  for (let trials = 1; trials <= 200; trials++) {
    const [none, all] = [wilson(0, trials), wilson(trials, trials)];
    expect([none.low, all.high]).toEqual([0, 1]);
    expect(none.high).toBeCloseTo(1 - all.low, 12);
    expect(none.high).toBeCloseTo(1.959963985 ** 2 / (trials + 1.959963985 ** 2), 9);
  }
});

test('a quantile is one of the values, and its interval holds it', () => {
  const values = Array.from({ length: 101 }, (_, at) => at);
  expect([quantile(values, 0.5), quantile(values, 0.9), quantile(values, 1), quantile([], 0.5)]).toEqual([
    50, 90, 100, 0,
  ]);
  const { low, high } = quantileInterval(values, 0.5);
  expect([low, high]).toEqual([40, 60]);
});

test.each([
  [0.5, 5],
  [0.9, 35],
  [0.99, 367],
])('of too few runs nobody can say how large the quantile of %d is at most', (share, most) => {
  const values = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
  // All values lie below the quantile with this probability: up to so many values that is more than one in forty.
  expect([share ** most > 0.025, share ** (most + 1) > 0.025]).toEqual([true, false]);
  for (let count = 0; count <= most; count++) expect(quantileInterval(values(count), share).high).toBeUndefined();
  expect(quantileInterval(values(most + 1), share).high).toBe(most);
});

test('of too few runs nobody can say how large the median is at least', () => {
  expect(quantileInterval([1, 2, 3, 4, 5], 0.5)).toStrictEqual({});
  expect(quantileInterval([1, 2, 3, 4, 5, 6], 0.5)).toStrictEqual({ low: 1, high: 6 });
});

test('how large a small quantile is at least takes as many runs as how large the opposite one is at most', () => {
  for (const share of [0.01, 0.1, 0.3])
    for (let count = 0; count <= 400; count++) {
      const values = Array.from({ length: count }, (_, at) => at);
      const [small, large] = [quantileInterval(values, share), quantileInterval(values, 1 - share)];
      expect(small.low === undefined).toBe(large.high === undefined);
      expect('low' in small).toBe(small.low !== undefined);
      expect('high' in large).toBe(large.high !== undefined);
    }
});

test('an end at the very confidence that was asked for will do', () => {
  // All five values lie on one side of the median once in 32 times: that much may be left out at each end.
  expect(quantileInterval([1, 2, 3, 4, 5], 0.5, 1 - 2 / 32)).toEqual({ low: 1, high: 5 });
  expect(quantileInterval([1, 2, 3, 4], 0.5, 1 - 2 / 32)).toEqual({});
});

test('the normal quantiles are those of the tables', () => {
  expect([0.5, 0.975, 0.995, 0.001].map((share) => normalQuantile(share).toFixed(6))).toEqual([
    '0.000000',
    '1.959964',
    '2.575829',
    '-3.090232',
  ]);
});

/** How much of the normal distribution lies below a value: its density, added up in small steps (Simpson). */
function normalBelow(value: number): number {
  const [steps, from] = [2000, -9];
  const width = (value - from) / steps;
  const density = (at: number): number => Math.exp((-at * at) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(from) + density(value);
  for (let step = 1; step < steps; step++) sum += density(from + step * width) * (step % 2 === 1 ? 4 : 2);
  return (sum * width) / 3;
}

test('a normal quantile has its share of the distribution below it, in the middle and far out', () => {
  for (const share of [1e-6, 0.001, 0.02, 0.0242, 0.0243, 0.1, 0.25, 0.5, 0.7, 0.9, 0.9757, 0.9758, 0.99, 0.9999]) {
    const quantile = normalQuantile(share);
    expect(normalBelow(quantile) / share).toBeCloseTo(1, 7);
    expect(normalQuantile(1 - share)).toBeCloseTo(-quantile, 7);
  }
  expect([-1, 0, 1, 2].map(normalQuantile)).toEqual([
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ]);
});

/** Pearson's chi-square of draws in twenty equal buckets: above 43.8 once in a thousand times. */
function unevenness(draws: readonly number[]): number {
  const buckets = new Array<number>(20).fill(0);
  for (const draw of draws) buckets[Math.floor(draw * 20)]!++;
  const expected = draws.length / 20;
  return buckets.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0);
}

function correlation(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, draw, at) => sum + (draw - 0.5) * (other[at]! - 0.5), 0) / one.length / (1 / 12);
}

const COUNT = 20_000;
const runHash = (run: number): Hash => hashed(`1\u0000${run}`);
const tryHash = (number: number): Hash => hashed(`task:a/try:${number}/outcome`);

test('draws are spread evenly, over the choices of a run and over the runs of a choice', () => {
  const choices = Array.from({ length: COUNT }, (_, at) => uniform(tryHash(at), runHash(1)));
  const runs = Array.from({ length: COUNT }, (_, at) => uniform(tryHash(1), runHash(at)));
  expect([unevenness(choices), unevenness(runs)].map((each) => each < 43.8)).toEqual([true, true]);
  for (const draws of [choices, runs])
    expect(Math.abs(correlation(draws.slice(1), draws.slice(0, -1)))).toBeLessThan(0.025);
});

test('two choices have nothing to do with each other, whatever the run, and no more have two runs or seeds', () => {
  const over = (draw: (at: number) => number): readonly number[] => Array.from({ length: COUNT }, (_, at) => draw(at));
  const pairs = [
    [over((run) => uniform(tryHash(1), runHash(run))), over((run) => uniform(tryHash(2), runHash(run)))],
    [over((at) => uniform(tryHash(at), runHash(1))), over((at) => uniform(tryHash(at), runHash(2)))],
    [over((run) => uniform(tryHash(1), runHash(run))), over((run) => uniform(tryHash(1), hashed(`2\u0000${run}`)))],
  ] as const;
  for (const [one, other] of pairs) expect(Math.abs(correlation(one, other))).toBeLessThan(0.025);
});

test('a text hashes the same in one piece and in several', () => {
  expect(hashed('/outcome', hashed('/try:2', hashed('task:a')))).toEqual(hashed('task:a/try:2/outcome'));
});
