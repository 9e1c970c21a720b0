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

/** How far something is from the request on. */
export interface Distance {
  readonly faults: number;
  readonly steps: number;
}

/**
 * What all runs come to: how they end with the fewest faults, and of those the fewest steps; and by expectation the fewest steps to where
 * it is broken, and of those the fewest faults.
 */
export interface Naive {
  readonly runs: number;
  readonly ends: ReadonlyMap<string, Distance>;
  readonly broken: readonly (Distance | undefined)[];
  readonly open: readonly boolean[];
}

/** Plays all runs one by one, each to its end, and remembers nothing of states. Nothing where there are more than so many runs. */
export function searchAll(world: World, faults: number, most: number): Naive | undefined {
  const ends = new Map<string, Distance>();
  const broken: (Distance | undefined)[] = world.scenario.expectations.map(() => undefined);
  const open = broken.map(() => false);
  let runs = 0;
  for (const run of runsFrom(world, faults)) {
    if (++runs > most) return undefined;
    const over: Over = run.state.over ?? { kind: 'failed' };
    const name = over.kind === 'limit' ? `limit ${over.limit}` : over.kind;
    ends.set(name, nearest('faults', 'steps', { faults: run.used, steps: run.state.steps }, ends.get(name)));
    for (const [at, expectation] of world.scenario.expectations.entries()) {
      const found = foundIn(world, expectation, run, over);
      open[at] ||= found === 'open';
      if (found !== undefined && found !== 'open') broken[at] = nearest('steps', 'faults', found, broken[at]);
    }
  }
  return { runs, ends, broken, open: open.map((each, at) => each && broken[at] === undefined) };
}

type By = keyof Distance;

/** The one of two with less of the first, and of those with less of the second. */
function nearest(first: By, second: By, one: Distance, other: Distance = one): Distance {
  return [one, other].sort((a, b) => a[first] - b[first] || a[second] - b[second])[0]!;
}

/** After how many steps a run breaks an expectation, with how many faults until then, or that it can't tell; nothing where it keeps it. */
function foundIn(
  world: World,
  expectation: Expectation,
  { state, events, reached, used }: Played,
  over: Over,
): Distance | 'open' | undefined {
  const atEnd = { faults: used, steps: state.steps };
  if (expectation.kind === 'utilization') return utilized(world, state, expectation) === 'broken' ? atEnd : undefined;
  const { status, brokenAt } = meant(expectation, events, over, state.now);
  if (status === 'broken') return brokenAt === undefined ? atEnd : reached[brokenAt]!;
  return status === 'open' ? 'open' : undefined;
}

function utilized(world: World, state: State, { of, bounds }: Utilization): 'kept' | 'broken' {
  const value = utilizationOf({ state }, world, of);
  return bounds.every(([bound, number]) => isWithin(value, bound, number)) ? 'kept' : 'broken';
}

type Utilization = Extract<Expectation, { kind: 'utilization' }>;

/** A run on its way: its state, what happened and how far from the request, and how much of it went wrong. */
interface Played {
  readonly state: State;
  readonly events: readonly SimEvent[];
  readonly reached: readonly Distance[];
  readonly used: number;
}

/** All runs, one after the other. */
function* runsFrom(world: World, faults: number): Generator<Played> {
  const { state, events } = begun(world);
  const open: Played[] = [{ state, events, reached: events.map(() => ({ faults: 0, steps: 0 })), used: 0 }];
  for (let run = open.pop(); run; run = open.pop()) {
    if (!run.state.agenda.first || run.state.over) yield run;
    else open.push(...waysOn(world, run).filter(({ used }) => used <= faults));
  }
}

function waysOn(world: World, { state, events, reached, used }: Played): readonly Played[] {
  const choice = choiceOf(world, state);
  return (choice ? picksOf(choice) : [undefined]).map((pick) => {
    const next = step(world, state, pick);
    const faults = used + (choice && pick !== undefined && isFault(choice, pick) ? 1 : 0);
    return {
      state: next.state,
      events: [...events, ...next.events],
      reached: [...reached, ...next.events.map(() => ({ faults, steps: next.state.steps }))],
      used: faults,
    };
  });
}

/** Every state with a choice: its fingerprint, and all that may come of it, in whatever way it was come to. */
export function* futures(world: World, faults: number): Generator<{ readonly print: string; readonly future: string }> {
  const fingerprint = new Fingerprint(world);
  const { state, events } = begun(world);
  const open: Played[] = [{ state, events, reached: [], used: 0 }];
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
