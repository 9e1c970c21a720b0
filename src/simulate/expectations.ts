import type { Expectation, Span } from '../team/scenario.ts';
import type { Role } from '../team/team.ts';
import { workTime } from './clock.ts';
import { isWithin } from './conditions.ts';
import type { SimEvent } from './event.ts';
import { isSuch } from './event-pattern.ts';
import type { Run } from './play.ts';
import { capacityOf, type World } from './world.ts';

/** Whether one run keeps an expectation, why, and the events that show it. `open` where one run can't tell. */
export interface Verdict {
  readonly expectation: Expectation;
  readonly status: 'kept' | 'broken' | 'open';
  readonly why: string;
  readonly events: readonly SimEvent[];
  /** For shares and utilization: what this run says. */
  readonly value?: number;
}

/** Holds a run to what is expected of it. */
export function judge(world: World, run: Run): readonly Verdict[] {
  return world.scenario.expectations.map((expectation) => ({ expectation, ...verdictOf(world, run, expectation) }));
}

type Judged = Omit<Verdict, 'expectation'>;

function verdictOf(world: World, run: Run, expectation: Expectation): Judged {
  switch (expectation.kind) {
    case 'never':
      return never(run, expectation);
    case 'eventually':
      return eventually(run, expectation);
    case 'count': {
      const events = run.events.filter((event) => isSuch(expectation.event, event));
      const kept = expectation.bounds.every(([name, bound]) => isWithin(events.length, name, bound));
      return { status: kept ? 'kept' : 'broken', why: `it happened ${times(events.length)}`, events };
    }
    case 'share': {
      const events = run.events.filter((event) => isSuch(expectation.event, event));
      const value = events.length > 0 ? 1 : 0;
      return {
        status: 'open',
        why: `one run is no share: here it ${value ? 'happened' : 'did not happen'}`,
        events,
        value,
      };
    }
    case 'utilization': {
      const value = utilizationOf(run, world, expectation.of);
      const kept = expectation.bounds.every(([name, bound]) => isWithin(value, name, bound));
      return { status: kept ? 'kept' : 'broken', why: `it is ${percent(value)}`, events: [], value };
    }
  }
}

function times(count: number): string {
  return count === 0 ? 'not at all' : count === 1 ? 'once' : `${count} times`;
}

function percent(value: number): string {
  return `${Number((value * 100).toFixed(1))}%`;
}

type Pattern = Extract<Expectation, { kind: 'never' | 'eventually' }>;

/** The stretches of a run in which an expectation looks: after each event that it counts from, or the whole. */
function stretches({ events }: Run, { after, before, within }: Span): readonly (readonly SimEvent[])[] {
  const starts = after ? events.flatMap((event, at) => (isSuch(after, event) ? [at] : [])) : [-1];
  return starts.map((start) => {
    const from = start === -1 ? 0 : events[start]!.t;
    const rest = events.slice(start + 1);
    const stop = before ? rest.findIndex((event) => isSuch(before, event)) : -1;
    const open = stop === -1 ? rest : rest.slice(0, stop);
    return within === undefined ? open : open.filter(({ t }) => t - from <= within);
  });
}

function never(run: Run, expectation: Pattern): Judged {
  const found = stretches(run, expectation).flatMap((events) =>
    events.filter((event) => isSuch(expectation.event, event)),
  );
  const events = [...new Set(found)];
  if (events.length === 0) return { status: 'kept', why: 'it did not happen', events };
  return {
    status: 'broken',
    why: `it happened${expectation.before ? ' before that' : ''} ${times(events.length)}`,
    events,
  };
}

function eventually(run: Run, expectation: Pattern): Judged {
  const each = stretches(run, expectation);
  if (each.length === 0)
    return { status: 'kept', why: `nothing to wait for: "${expectation.after?.text}" did not happen`, events: [] };
  const found = each.map((events) => events.find((event) => isSuch(expectation.event, event)));
  const events = found.filter((event) => event !== undefined);
  const missed = found.indexOf(undefined);
  if (missed === -1) return { status: 'kept', why: 'it happened', events: [...new Set(events)] };
  if (run.over.kind === 'limit' && expectation.within === undefined && !expectation.before)
    return { status: 'open', why: `the limit ${run.over.limit} stopped the run before it could`, events };
  const late = run.events.find((event) => isSuch(expectation.event, event));
  return {
    status: 'broken',
    why: late ? 'it did not happen in time' : 'it did not happen',
    events: late ? [late] : run.events.slice(-1),
  };
}

/** How much of the time that some roles had they were at work, as a share. Roles without capacity are measured with one slot. */
export function utilizationOf({ state }: Pick<Run, 'state'>, world: World, roles: readonly Role[]): number {
  let worked = 0;
  let available = 0;
  for (const role of roles) {
    const { slots, hours } = capacityOf(role);
    worked += state.stations.at(world.indexOf(role)).worked;
    available += (Number.isFinite(slots) ? slots : 1) * workTime(0, state.now, hours);
  }
  return available > 0 ? Math.min(1, worked / available) : 0;
}
