import { expect, test } from 'vitest';
import { uniform } from '../../src/simulate/minds/seeded.ts';
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

test('a quantile is one of the values, and its interval holds it', () => {
  const values = Array.from({ length: 101 }, (_, at) => at);
  expect([quantile(values, 0.5), quantile(values, 0.9), quantile(values, 1), quantile([], 0.5)]).toEqual([
    50, 90, 100, 0,
  ]);
  const { low, high } = quantileInterval(values, 0.5);
  expect([low, high]).toEqual([39, 61]);
});

test('the normal quantiles are those of the tables', () => {
  expect([0.5, 0.975, 0.995, 0.001].map((share) => normalQuantile(share).toFixed(6))).toEqual([
    '0.000000',
    '1.959964',
    '2.575829',
    '-3.090232',
  ]);
});

test('draws are spread evenly, and neighbouring keys have nothing to do with each other', () => {
  const count = 20_000;
  const draws = Array.from({ length: count }, (_, at) => uniform(`task:a/try:${at}/outcome`, [1, 2]));
  const buckets = new Array<number>(20).fill(0);
  for (const draw of draws) buckets[Math.floor(draw * 20)]!++;
  const expected = count / 20;
  const chiSquare = buckets.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0);
  expect(chiSquare).toBeLessThan(43.8); // 19 degrees of freedom, one in a thousand
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / count;
  const product = draws.slice(1).reduce((sum, draw, at) => sum + (draw - mean) * (draws[at]! - mean), 0) / count;
  expect(Math.abs(product * 12)).toBeLessThan(0.025);
});
