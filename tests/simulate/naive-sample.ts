import { chainsOf } from '../../src/simulate/chains.ts';
import { judge, utilizationOf, type Verdict } from '../../src/simulate/expectations.ts';
import { seededMind } from '../../src/simulate/minds/seeded.ts';
import { play, type Run } from '../../src/simulate/play.ts';
import { type Sample, SCALE, type Seen, type Tally } from '../../src/simulate/sample.ts';
import type { World } from '../../src/simulate/world.ts';

/** One run of many, told in full. */
interface Told extends Run {
  readonly number: number;
  readonly verdicts: readonly Verdict[];
}

/** What runs come to: each is told in full and judged by itself, and then everything is counted. */
export function countedOneByOne(world: World, seed: string, from: number, to: number): Sample {
  const runs = Array.from({ length: to - from + 1 }, (_, at): Told => {
    const run = play(world, seededMind(seed, from + at));
    return { ...run, number: from + at, verdicts: judge(world, run) };
  });
  return {
    runs: runs.length,
    events: total(runs, ({ events }) => events.length),
    outcomes: seenIn(runs, ({ over }) => [over.kind === 'limit' ? `stopped by the limit ${over.limit}` : over.kind]),
    times: runs.map(({ state }) => state.now).sort((a, b) => a - b),
    costs: runs.map(({ state }) => state.cost).sort((a, b) => a - b),
    tallies: world.scenario.expectations.map((_, at) => tallyOf(runs, at)),
    used: world.roles.map((role) => total(runs, (run) => parts(utilizationOf(run, world, [role])))),
    chains: seenIn(runs, ({ events, state }) => chainsOf(events, state)),
  };
}

function total<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0);
}

function parts(share: number): number {
  return Math.round(share * SCALE);
}

/** What is seen in some runs, by how many, by the first of them, by the text. */
function seenIn(runs: readonly Told[], textsOf: (run: Told) => readonly string[]): readonly Seen[] {
  const texts = [...new Set(runs.flatMap(textsOf))].sort();
  return texts
    .map((text) => {
      const such = runs.filter((run) => textsOf(run).includes(text));
      return { text, runs: such.length, first: such[0]!.number };
    })
    .sort((a, b) => a.first - b.first)
    .sort((a, b) => b.runs - a.runs);
}

function tallyOf(runs: readonly Told[], at: number): Tally {
  const ended = (wanted: string): readonly Told[] => runs.filter(({ verdicts }) => verdicts[at]!.status === wanted);
  const value = ({ verdicts }: Told): number => verdicts[at]!.value ?? 0;
  const [shortest] = ended('broken').toSorted((a, b) => a.events.length - b.events.length);
  return {
    kept: ended('kept').length,
    broken: ended('broken').length,
    open: ended('open').length,
    sum: total(runs, (run) => parts(value(run))),
    squares: total(runs, (run) => parts(value(run) ** 2)),
    ...(shortest ? { shortest: { run: shortest.number, events: shortest.events.length } } : {}),
  };
}
