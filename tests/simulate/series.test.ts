import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashed, uniform } from '../../src/simulate/hash.ts';
import { joined, type Sample, sample } from '../../src/simulate/sample.ts';
import { sequentially } from '../../src/simulate/sequential.ts';
import { BLOCK, Series } from '../../src/simulate/series.ts';
import { wilson } from '../../src/simulate/statistics.ts';
import { worldFrom } from './played.ts';

const TEAM = `name: shop
entry: lead
roles:
  lead: { description: Plans., tools: [read], delegates-to: dev }
  dev: { description: Writes., tools: [edit], capacity: { slots: 1, hours-per-day: 8 } }
`;
const SCENARIO = `request: Add a login
tasks: { login: { do: Build it, to: dev, effort: [1h, 9h] } }
outcomes: { "*": { ok: 60%, red: 40% } }
expect:
  - { eventually: done }
  - { share: { failed: red }, at-least: 20% }
  - { utilization: dev, at-most: 100% }
`;
const world = worldFrom(TEAM, SCENARIO);

describe('a series of runs', () => {
  test('comes to the same in whatever order its blocks come back', () => {
    const blocks = Array.from({ length: 8 }, (_, at) => ({ from: at * BLOCK + 1, to: (at + 1) * BLOCK }));
    const samples = blocks.map(({ from, to }) => sample(world, '1', from, to));
    const order = fc.shuffledSubarray([...blocks.keys()], { minLength: blocks.length });
    const inOrder = (way: readonly number[]): string => {
      const series = new Series(world, { from: 1, to: 8 * BLOCK }, 0.04);
      while (series.next()) {}
      for (const at of way) series.add(blocks[at]!, samples[at]!);
      expect(series.isDone).toBe(true);
      return JSON.stringify([series.sample(), series.decided]);
    };
    const expected = inOrder([...blocks.keys()]);
    expect(JSON.parse(expected)[0].runs).toBeLessThan(8 * BLOCK);
    fc.assert(
      fc.property(order, (way) => {
        expect(inOrder(way)).toBe(expected);
      }),
      { numRuns: 20 },
    );
  });

  test('hands out blocks up to its last run, and counts what comes back in order', () => {
    const series = new Series(world, { from: 11, to: 11 + 2 * BLOCK + 4 });
    expect([series.most, series.runs, series.isDone]).toEqual([2 * BLOCK + 5, 0, false]);
    expect([series.next(), series.next(), series.next(), series.next()]).toEqual([
      { from: 11, to: 10 + BLOCK },
      { from: 11 + BLOCK, to: 10 + 2 * BLOCK },
      { from: 11 + 2 * BLOCK, to: 15 + 2 * BLOCK },
      undefined,
    ]);
    expect([series.runs, series.isDone, series.decided]).toEqual([0, false, [undefined, undefined, undefined]]);
  });

  test('is done with its last run, and not before those that are missing have come', () => {
    const series = new Series(world, { from: 1, to: 6 });
    const parts = [sample(world, 's', 1, 2), sample(world, 's', 3, 4), sample(world, 's', 5, 6)] as const;
    series.add({ from: 5, to: 6 }, parts[2]);
    expect([series.runs, series.isDone]).toEqual([0, false]);
    series.add({ from: 1, to: 2 }, parts[0]);
    expect([series.runs, series.isDone]).toEqual([2, false]);
    series.add({ from: 3, to: 4 }, parts[1]);
    expect([series.runs, series.isDone, series.next()]).toEqual([6, true, undefined]);
    expect(series.sample()).toEqual(joined(parts));
    expect(series.sample()).toEqual(sample(world, 's', 1, 6));
  });

  /** So many runs of which a share breaks off: as a sample of a team would say. */
  const block = (runs: number, hits: number): Sample => {
    const one = sample(world, 's', 1, 1);
    const outcomes = [
      { text: 'done', runs: runs - hits, first: 1 },
      { text: 'failed', runs: hits, first: 1 },
    ].filter((each) => each.runs > 0);
    return { ...one, runs, outcomes, tallies: one.tallies.map((tally) => ({ ...tally, sum: hits * 2 ** 32 })) };
  };

  test('ends as soon as its shares are clear and its outcomes are known as exactly as was asked', () => {
    const decided = (hits: number, runs: number, precision: number): readonly unknown[] => {
      const series = new Series(world, { from: 1, to: 100_000 }, precision);
      series.add({ from: 1, to: runs }, block(runs, hits));
      return [series.isDone, series.decided[1]];
    };
    const width = (hits: number, runs: number): number => wilson(hits, runs).high - wilson(hits, runs).low;
    for (const runs of [100, 400, 1000, 4000])
      for (const share of [0, 0.1, 0.2, 0.5, 1])
        for (const precision of [0.02, 0.05, 0.2]) {
          const hits = runs * share;
          const clear = sequentially(hits, runs, [['at-least', 0.2]], precision, 0.95);
          const known = [hits, runs - hits]
            .filter((each) => each > 0)
            .every((each) => width(each, runs) <= 2 * precision);
          expect(decided(hits, runs, precision)).toEqual([clear !== undefined && known, clear]);
        }
  });

  test('hands out a last run that is one block by itself', () => {
    const series = new Series(world, { from: 1, to: BLOCK + 1 });
    expect([series.next(), series.next(), series.next()]).toEqual([
      { from: 1, to: BLOCK },
      { from: BLOCK + 1, to: BLOCK + 1 },
      undefined,
    ]);
  });

  test('goes on until each of its outcomes is known as exactly as was asked', () => {
    const series = new Series(world, { from: 1, to: 100_000 }, 0.04);
    const outcomes = (runs: number) => [
      { text: 'done', runs: runs / 2, first: 1 },
      { text: 'failed', runs: runs / 2 - 2, first: 1 },
      { text: 'escalated', runs: 2, first: 1 },
    ];
    const widths = [200, 198, 2].map((hits) => wilson(hits, 400)).map(({ low, high }) => high - low);
    expect(widths.map((width) => width <= 0.08)).toEqual([false, false, true]);
    series.add({ from: 1, to: 400 }, { ...block(400, 200), outcomes: outcomes(400) });
    expect([series.decided[1], series.isDone]).toEqual(['kept', false]);
    series.add({ from: 401, to: 800 }, { ...block(400, 200), outcomes: outcomes(400) });
    expect(series.isDone).toBe(true);
  });

  test('keeps what was decided first, and adds up blocks', () => {
    const series = new Series(world, { from: 1, to: 100_000 }, 0.001);
    series.add({ from: 1, to: 4000 }, block(4000, 2000));
    expect([series.decided[1], series.isDone]).toEqual(['kept', false]);
    series.add({ from: 4001, to: 90_000 }, block(86_000, 0));
    expect([series.decided, series.isDone, series.runs]).toEqual([[undefined, 'kept', undefined], true, 90_000]);
  });
});

describe('the sequential test', () => {
  const REPEATS = Math.max(400, 40 * Number(process.env['TEAMC_SOAK'] ?? 0));

  /** What the test says of a share, when it is asked after every ten trials. */
  function saidOf(share: number, bound: number, confidence: number, repeat: number): 'kept' | 'broken' {
    const own = hashed(`${share} ${bound} ${repeat}`);
    let hits = 0;
    for (let trial = 1; ; trial++) {
      if (uniform(hashed(`${trial}`), own) < share) hits++;
      const said = trial % 10 === 0 ? sequentially(hits, trial, [['at-least', bound]], 0.03, confidence) : undefined;
      if (said !== undefined) return said;
    }
  }

  function keptShare(share: number, bound: number, confidence: number): number {
    const said = Array.from({ length: REPEATS }, (_, repeat) => saidOf(share, bound, confidence, repeat));
    return said.filter((each) => each === 'kept').length / REPEATS;
  }

  test('errs no more often than its confidence allows, however often it is asked', () => {
    const most = (confidence: number): number =>
      1 - confidence + 3 * Math.sqrt((confidence * (1 - confidence)) / REPEATS);
    for (const [bound, confidence] of [
      [0.9, 0.95],
      [0.5, 0.9],
    ] as const) {
      expect(1 - keptShare(bound + 0.03, bound, confidence)).toBeLessThanOrEqual(most(confidence));
      expect(keptShare(bound - 0.03, bound, confidence)).toBeLessThanOrEqual(most(confidence));
    }
  });

  test('decides about each bound of several', () => {
    const bounds = [
      ['at-least', 0.4],
      ['at-most', 0.6],
    ] as const;
    expect([0, 500, 1000].map((hits) => sequentially(hits, 1000, bounds, 0.05, 0.95))).toEqual([
      'broken',
      'kept',
      'broken',
    ]);
    expect(sequentially(2, 4, bounds, 0.05, 0.95)).toBeUndefined();
  });

  /** On which side of a bound a share lies, by the likelihoods of what was seen, one trial after the other. */
  function sideOf(hits: number, trials: number, high: number, low: number, confidence: number): string | undefined {
    let ratio = 0;
    for (let trial = 0; trial < trials; trial++)
      ratio += trial < hits ? Math.log(high) - Math.log(low) : Math.log(1 - high) - Math.log(1 - low);
    const enough = Math.log(confidence / (1 - confidence));
    return ratio > enough ? 'above' : ratio < -enough ? 'below' : undefined;
  }

  test('is the ratio of the likelihoods of a share above and one below the bound (Wald 1945)', () => {
    const share = fc.double({ min: 0.1, max: 0.9, noNaN: true });
    const rest = fc.tuple(fc.constantFrom(0.02, 0.08), fc.constantFrom(0.9, 0.95));
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), share, rest, (hits, misses, bound, [precision, confidence]) => {
        const trials = hits + misses;
        const side = sideOf(hits, trials, bound + precision, bound - precision, confidence);
        const expected = {
          above: side && (side === 'above' ? 'kept' : 'broken'),
          below: side && (side === 'below' ? 'kept' : 'broken'),
        };
        for (const name of ['at-least', 'above'] as const)
          expect(sequentially(hits, trials, [[name, bound]], precision, confidence)).toBe(expected.above);
        for (const name of ['at-most', 'below'] as const)
          expect(sequentially(hits, trials, [[name, bound]], precision, confidence)).toBe(expected.below);
      }),
      { numRuns: 200 },
    );
  });

  test('decides also about bounds at the very ends', () => {
    expect(sequentially(300, 300, [['at-least', 1]], 0.05, 0.95)).toBe('kept');
    expect(sequentially(0, 300, [['at-least', 1]], 0.05, 0.95)).toBe('broken');
    expect(sequentially(0, 300, [['at-most', 0]], 0.05, 0.95)).toBe('kept');
    expect(sequentially(300, 300, [['at-most', 0]], 0.05, 0.95)).toBe('broken');
  });
});
