import { expect, test } from 'vitest';
import { compareRuns } from '../../src/simulate/paired.ts';
import { SCALE, sample } from '../../src/simulate/sample.ts';
import { type Interval, quantileInterval, wilson } from '../../src/simulate/statistics.ts';
import { worldFrom } from './played.ts';

/** How often an interval is made: 2 000 times when the tests soak. */
const FULL = Number(process.env['TEAMC_SOAK'] ?? 0) >= 50;
const REPEATS = FULL ? 2000 : 250;

const TEAM = `
name: shop
entry: dev
escalation: [{ by: { person: user } }]
roles: { dev: { description: Works., tools: [edit] } }
`;

/** In how many of a hundred repeats an interval holds the truth. */
function covered(what: string, truth: number, intervals: readonly Partial<Interval>[]): number {
  const share =
    intervals.filter(
      ({ low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY }) => low <= truth && truth <= high,
    ).length / intervals.length;
  if (FULL) process.stdout.write(`${what}: ${(share * 100).toFixed(2)} % of ${intervals.length}\n`);
  return share * 100;
}

/** Full repeats have to lie between 93 and 97; few of them vary more. */
const [LEAST, MOST] = FULL ? [93, 97] : [90, 99.5];

function expectCovered(what: string, truth: number, intervals: readonly Partial<Interval>[]): void {
  const share = covered(what, truth, intervals);
  expect(share).toBeGreaterThanOrEqual(LEAST);
  expect(share).toBeLessThanOrEqual(MOST);
}

test('intervals of a share hold the truth in 95 of 100 repeats', { timeout: 600_000 }, () => {
  const world = worldFrom(
    TEAM,
    `request: Go
tasks: { work: { do: it, to: self } }
outcomes: { work: { ok: 70%, red: 30% } }
expect: [{ share: { failed: red }, below: 50% }]`,
  );
  const intervals = Array.from({ length: REPEATS }, (_, at) => {
    const { tallies, runs } = sample(world, `share ${at}`, 1, 150);
    return wilson(tallies[0]!.sum / SCALE, runs);
  });
  expectCovered('shares', 0.3, intervals);
});

test('intervals of quantiles hold the truth in 95 of 100 repeats', { timeout: 600_000 }, () => {
  const world = worldFrom(TEAM, 'request: Go\ntasks: { work: { do: it, to: self, effort: [0h, 10h] } }');
  const times = Array.from({ length: REPEATS }, (_, at) => sample(world, `time ${at}`, 1, 201).times);
  const hours = 3_600_000;
  expectCovered(
    'medians',
    5 * hours,
    times.map((sorted) => quantileInterval(sorted, 0.5)),
  );
  expectCovered(
    'nine in ten',
    9 * hours,
    times.map((sorted) => quantileInterval(sorted, 0.9)),
  );
});

test('intervals of a difference hold the truth in 95 of 100 repeats', { timeout: 600_000 }, () => {
  const scenario = (most: string): string =>
    `request: Go\ntasks: { work: { do: it, to: self, effort: [0h, ${most}] } }`;
  const [before, now] = [worldFrom(TEAM, scenario('10h')), worldFrom(TEAM, scenario('8h'))];
  const intervals = Array.from({ length: REPEATS }, (_, at) => {
    const { differences } = compareRuns(before, now, `change ${at}`, 100);
    return differences.find(({ name }) => name === 'time')!.interval;
  });
  expectCovered('differences', -3_600_000, intervals);
});
