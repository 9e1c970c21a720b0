import { isWithin } from '../../src/simulate/conditions.ts';
import type { SimEvent } from '../../src/simulate/event.ts';
import { utilizationOf } from '../../src/simulate/expectations.ts';
import { isFault, picksOf } from '../../src/simulate/explore.ts';
import { Fingerprint } from '../../src/simulate/fingerprint.ts';
import { begun, choiceOf, step } from '../../src/simulate/kernel.ts';
import type { Over, State } from '../../src/simulate/state.ts';
import type { World } from '../../src/simulate/world.ts';
import type { Expectation } from '../../src/team/scenario.ts';
import { meant } from './naive-expectations.ts';

/** What all runs come to: how they end with how few faults, and by expectation the fewest steps to where it is broken. */
export interface Naive {
  readonly runs: number;
  readonly ends: ReadonlyMap<string, number>;
  readonly broken: readonly (number | undefined)[];
  readonly open: readonly boolean[];
}

/** Plays all runs one by one, each to its end, and remembers nothing of states. Nothing where there are more than so many runs. */
export function searchAll(world: World, faults: number, most: number): Naive | undefined {
  const ends = new Map<string, number>();
  const broken: (number | undefined)[] = world.scenario.expectations.map(() => undefined);
  const open = broken.map(() => false);
  let runs = 0;
  for (const run of runsFrom(world, faults)) {
    if (++runs > most) return undefined;
    const over: Over = run.state.over ?? { kind: 'failed' };
    const name = over.kind === 'limit' ? `limit ${over.limit}` : over.kind;
    ends.set(name, Math.min(run.used, ends.get(name) ?? Number.POSITIVE_INFINITY));
    for (const [at, expectation] of world.scenario.expectations.entries()) {
      const found = foundIn(world, expectation, run, over);
      open[at] ||= found === 'open';
      broken[at] = fewest(broken[at], found);
    }
  }
  return { runs, ends, broken, open: open.map((each, at) => each && broken[at] === undefined) };
}

function fewest(before: number | undefined, found: number | 'open' | undefined): number | undefined {
  return typeof found === 'number' ? Math.min(before ?? Number.POSITIVE_INFINITY, found) : before;
}

/** After how many steps a run breaks an expectation, or that it can't tell; nothing where it keeps it. */
function foundIn(
  world: World,
  expectation: Expectation,
  { state, events, steps }: Played,
  over: Over,
): number | 'open' | undefined {
  if (expectation.kind === 'utilization')
    return utilized(world, state, expectation) === 'broken' ? state.steps : undefined;
  const { status, brokenAt } = meant(expectation, events, over, state.now);
  if (status === 'broken') return brokenAt === undefined ? state.steps : steps[brokenAt]!;
  return status === 'open' ? 'open' : undefined;
}

function utilized(world: World, state: State, { of, bounds }: Utilization): 'kept' | 'broken' {
  const value = utilizationOf({ state }, world, of);
  return bounds.every(([bound, number]) => isWithin(value, bound, number)) ? 'kept' : 'broken';
}

type Utilization = Extract<Expectation, { kind: 'utilization' }>;

/** A run on its way: its state, what happened and after how many steps, and how much of it went wrong. */
interface Played {
  readonly state: State;
  readonly events: readonly SimEvent[];
  readonly steps: readonly number[];
  readonly used: number;
}

/** All runs, one after the other. */
function* runsFrom(world: World, faults: number): Generator<Played> {
  const { state, events } = begun(world);
  const open: Played[] = [{ state, events, steps: events.map(() => state.steps), used: 0 }];
  for (let run = open.pop(); run; run = open.pop()) {
    if (!run.state.agenda.first || run.state.over) yield run;
    else open.push(...waysOn(world, run).filter(({ used }) => used <= faults));
  }
}

function waysOn(world: World, { state, events, steps, used }: Played): readonly Played[] {
  const choice = choiceOf(world, state);
  return (choice ? picksOf(choice) : [undefined]).map((pick) => {
    const next = step(world, state, pick);
    return {
      state: next.state,
      events: [...events, ...next.events],
      steps: [...steps, ...next.events.map(() => next.state.steps)],
      used: used + (choice && pick !== undefined && isFault(choice, pick) ? 1 : 0),
    };
  });
}

/** Every state with a choice: its fingerprint, and all that may come of it, in whatever way it was come to. */
export function* futures(world: World, faults: number): Generator<{ readonly print: string; readonly future: string }> {
  const fingerprint = new Fingerprint(world);
  const { state, events } = begun(world);
  const open: Played[] = [{ state, events, steps: [], used: 0 }];
  for (let run = open.pop(); run; run = open.pop()) {
    if (!run.state.agenda.first || run.state.over) continue;
    if (choiceOf(world, run.state)) {
      fingerprint.take(run.state, []);
      const print = `${run.used} ${fingerprint.high} ${fingerprint.low}`;
      yield { print, future: futureOf(world, run, faults) };
    }
    open.push(...waysOn(world, run).filter(({ used }) => used <= faults));
  }
}

/** What happens from a state on, over all ways, with times from there. */
function futureOf(world: World, start: Played, faults: number): string {
  const found: string[] = [];
  const open: Played[] = [{ ...start, events: [] }];
  for (let run = open.pop(); run; run = open.pop()) {
    if (!run.state.agenda.first || run.state.over)
      found.push(run.events.map((event) => seen(event, start.state.now)).join('; '));
    else open.push(...waysOn(world, run).filter(({ used }) => used <= faults));
  }
  return found.join('\n');
}

function seen(
  { because: _, why: __, worked: ___, waited: ____, at: _____, t, ...event }: SimEvent & { why?: string },
  from: number,
): string {
  return JSON.stringify({ ...event, t: t - from });
}
