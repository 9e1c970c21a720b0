import type { Expectation } from '../team/scenario.ts';
import type { Role } from '../team/team.ts';
import { workTime } from './clock.ts';
import { isWithin } from './conditions.ts';
import type { SimEvent } from './event.ts';
import { isSuch } from './event-pattern.ts';
import { Monitor, type Status } from './monitor.ts';
import type { Run as Played } from './play.ts';
import { overOf, type State } from './state.ts';
import type { World } from './world.ts';

/** Whether one run keeps an expectation, why, and the events that show it. `open` where one run can't tell. */
export interface Verdict {
  readonly expectation: Expectation;
  readonly status: Status;
  readonly why: string;
  readonly events: readonly SimEvent[];
  /** For shares and utilization: what this run says. */
  readonly value?: number;
}

/** What is looked at to judge a run. */
type Run = Pick<Played, 'events' | 'state' | 'over'>;

/** Holds a run to what is expected of it. */
export function judge(world: World, run: Run): readonly Verdict[] {
  return world.scenario.expectations.map((expectation) => {
    const events: SimEvent[] = [];
    const monitor = new Monitor(expectation, events);
    for (const event of run.events) monitor.see(event);
    const status = statusOf(world, run.state, monitor);
    return { expectation, status, ...toldOf(world, run, expectation, status, events) };
  });
}

type Told = Omit<Verdict, 'expectation' | 'status'>;

/** What the monitor of a run that is over says of it. Utilization shows in the last state alone. */
export function statusOf(world: World, state: State, monitor: Monitor): Status {
  const { expectation } = monitor;
  if (expectation.kind !== 'utilization') return monitor.status(overOf(state), state.now);
  const value = utilizationOf({ state }, world, expectation.of);
  return expectation.bounds.every(([name, bound]) => isWithin(value, name, bound)) ? 'kept' : 'broken';
}

function toldOf(world: World, run: Run, expectation: Expectation, status: Status, events: readonly SimEvent[]): Told {
  switch (expectation.kind) {
    case 'never':
      return { why: neverWhy(expectation, events.length), events };
    case 'eventually':
      return eventuallyTold(run, expectation, status, events);
    case 'count':
      return { why: `it happened ${times(events.length)}${status === 'open' ? stopped(run) : ''}`, events };
    case 'share': {
      const value = events.length > 0 ? 1 : 0;
      return { why: `one run is no share: here it ${value ? 'happened' : 'did not happen'}`, events, value };
    }
    case 'utilization': {
      const value = utilizationOf(run, world, expectation.of);
      return { why: `it is ${percent(value)}`, events, value };
    }
  }
}

function neverWhy({ before }: Pattern, count: number): string {
  return count === 0 ? 'it did not happen' : `it happened${before ? ' before that' : ''} ${times(count)}`;
}

function eventuallyTold(run: Run, expectation: Pattern, status: Status, events: readonly SimEvent[]): Told {
  const { after } = expectation;
  if (status === 'open') return { why: `it did not happen${stopped(run)}`, events };
  if (status === 'kept') {
    const waited = !after || run.events.some((each) => isSuch(after, each));
    return { why: waited ? 'it happened' : `nothing to wait for: "${after.text}" did not happen`, events };
  }
  const late = lateIn(run, expectation);
  return {
    why: late ? 'it did not happen in time' : 'it did not happen',
    events: late ? [late] : run.events.slice(-1),
  };
}

/** The first such event after it was too late. */
function lateIn({ events }: Run, expectation: Pattern): SimEvent | undefined {
  const monitor = new Monitor(expectation);
  return events.find((each) => {
    monitor.see(each);
    return monitor.broken && isSuch(expectation.event, each);
  });
}

function stopped({ over }: Run): string {
  return over.kind === 'limit' ? `, and the limit ${over.limit} stopped the run before it could` : '';
}

function times(count: number): string {
  return count === 0 ? 'not at all' : count === 1 ? 'once' : `${count} times`;
}

function percent(value: number): string {
  return `${Number((value * 100).toFixed(1))}%`;
}

type Pattern = Extract<Expectation, { kind: 'never' | 'eventually' }>;

/** How much of the time that some roles had they were at work, as a share. Roles without capacity are measured with one slot. */
export function utilizationOf({ state }: Pick<Run, 'state'>, world: World, roles: readonly Role[]): number {
  let worked = 0;
  let available = 0;
  for (const role of roles) {
    const { slots, hours, position } = world.postOf(role);
    worked += state.stations[position]!.worked;
    available += (Number.isFinite(slots) ? slots : 1) * workTime(0, state.now, hours);
  }
  return available > 0 ? Math.min(1, worked / available) : 0;
}
