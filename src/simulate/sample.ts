import type { SimEvent } from './event.ts';
import { judge, utilizationOf } from './expectations.ts';
import { seededMind } from './minds/seeded.ts';
import { play, type Run } from './play.ts';
import type { World } from './world.ts';

/** How an expectation fared over many runs. */
export interface Tally {
  readonly kept: number;
  readonly broken: number;
  readonly open: number;
  /** The sum of what the runs say, for shares and utilization. */
  readonly sum: number;
  /** The sum of its squares. */
  readonly squares: number;
  /** The first run that breaks it in the fewest events. */
  readonly shortest?: { readonly run: number; readonly events: number };
}

/** A way in which a task failed, how many runs went so, and the first of them. */
export interface Chain {
  readonly text: string;
  readonly runs: number;
  readonly first: number;
}

/** What many runs come to. Times in milliseconds, costs in US dollars, both sorted. */
export interface Sample {
  readonly seed: string;
  readonly runs: number;
  readonly outcomes: ReadonlyMap<string, number>;
  readonly times: readonly number[];
  readonly costs: readonly number[];
  readonly tallies: readonly Tally[];
  /** The mean share of its time that each role was at work, the busiest first. */
  readonly utilization: readonly (readonly [role: string, share: number])[];
  readonly chains: readonly Chain[];
}

const NONE: Tally = { kept: 0, broken: 0, open: 0, sum: 0, squares: 0 };

/** Plays runs 1 to `runs` of a seed and counts what becomes of them. */
export function sample(world: World, seed: string, runs: number): Sample {
  const outcomes = new Map<string, number>();
  const times: number[] = [];
  const costs: number[] = [];
  const used = world.roles.map(() => 0);
  const chains = new Map<string, Chain>();
  let tallies = world.scenario.expectations.map(() => NONE);
  for (let number = 1; number <= runs; number++) {
    const run = play(world, seededMind(seed, number));
    const ended = run.over.kind === 'limit' ? `stopped by the limit ${run.over.limit}` : run.over.kind;
    outcomes.set(ended, (outcomes.get(ended) ?? 0) + 1);
    times.push(run.state.now);
    costs.push(run.state.cost);
    for (const [at, role] of world.roles.entries()) used[at]! += utilizationOf(run, world, [role]);
    tallies = counted(tallies, world, run, number);
    addChains(chains, run, number);
  }
  times.sort((a, b) => a - b);
  costs.sort((a, b) => a - b);
  const busy = world.roles.map((role, at) => [role.id, used[at]! / runs] as const).filter(([, share]) => share > 0);
  const utilization = busy.sort((a, b) => b[1] - a[1]);
  const sorted = [...chains.values()].sort((a, b) => b.runs - a.runs || a.first - b.first);
  return { seed, runs, outcomes, times, costs, tallies, utilization, chains: sorted };
}

function addChains(chains: Map<string, Chain>, run: Run, number: number): void {
  for (const text of chainsOf(run)) {
    const { first, runs } = chains.get(text) ?? { first: number, runs: 0 };
    chains.set(text, { text, first, runs: runs + 1 });
  }
}

function counted(tallies: readonly Tally[], world: World, run: Run, number: number): Tally[] {
  const verdicts = judge(world, run);
  return tallies.map((tally, at) => {
    const { status, value = 0 } = verdicts[at]!;
    const shorter = status === 'broken' && run.events.length < (tally.shortest?.events ?? Number.POSITIVE_INFINITY);
    return {
      ...tally,
      [status]: tally[status] + 1,
      sum: tally.sum + value,
      squares: tally.squares + value * value,
      ...(shorter ? { shortest: { run: number, events: run.events.length } } : {}),
    };
  });
}

/** How each task of a run failed and climbed, in words; tasks that never failed are left out. */
export function chainsOf({ events }: Pick<Run, 'events'>): readonly string[] {
  const byTask = new Map<string, SimEvent[]>();
  for (const event of events) {
    if (event.type !== 'failed' && event.type !== 'escalated' && !event.end) continue;
    if (event.type === 'escalated' && event.step === 'utilization') continue;
    const own = byTask.get(event.task) ?? [];
    byTask.set(event.task, own);
    own.push(event);
  }
  const climbed = [...byTask].filter(
    ([, own]) => own.some(({ type }) => type === 'escalated') || own.some(({ type, end }) => type === 'failed' && !end),
  );
  return [
    ...new Set(
      climbed.map(
        ([task, own]) =>
          `${task}: ${own
            .map(linkText)
            .filter((text, at, all) => text !== all[at - 1])
            .join(' → ')}`,
      ),
    ),
  ];
}

function linkText({ type, class: failure, step, end }: SimEvent): string {
  if (end === 'done') return 'done';
  if (end === 'escalated') return 'settled';
  if (end === 'failed') return 'given up';
  return type === 'failed' ? (failure ?? 'failed') : (step ?? 'up');
}
