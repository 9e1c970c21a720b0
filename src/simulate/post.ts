import type { Scenario } from '../team/scenario.ts';
import type { Edge, Role } from '../team/team.ts';
import { DAY, workTime } from './clock.ts';

/** A time in which somebody is away, in milliseconds since the request. */
export interface Absence {
  readonly from: number;
  readonly to: number;
}

/** What is looked up about a role again and again, made ready once. */
export interface Post {
  readonly role: Role;
  /** Its place among all roles. */
  readonly position: number;
  /** How many tasks it works on at once; without capacity there is no bound. */
  readonly slots: number;
  /** Hours a day. */
  readonly hours: number;
  /** Milliseconds of work that it can do in a day, over all slots. */
  readonly able: number;
  /** What a turn costs, in US dollars. */
  readonly turnCost: number;
  readonly absences: readonly Absence[];
  /** Its edges of delegation. */
  readonly edges: readonly Edge[];
  /** Whether one of them depends on how much work others have. */
  readonly weighs: boolean;
  /** From which booked share of its day on it is to be told of; infinite where it never is. */
  readonly warning: number;
  readonly critical: number;
  /** Whether it hands on what it can. */
  readonly mandatory: boolean;
}

/** Makes ready what is asked of a role. */
export function postOf(role: Role, position: number, absences: readonly Absence[], turnCost: number): Post {
  const { slots, hours } = capacityOf(role);
  const edges = role.edges.filter(({ type }) => type === 'delegates-to');
  const { utilization } = role.fields.capacity ?? {};
  const mark = (ratio: string | undefined): number =>
    ratio === undefined ? Number.POSITIVE_INFINITY : Number(ratio.replace('%', '')) / 100;
  return {
    role,
    position,
    slots,
    hours,
    able: slots * workTime(0, DAY, hours),
    turnCost,
    absences,
    edges,
    weighs: edges.some(({ when }) => when.some(({ measures }) => measures.length > 0)),
    warning: mark(utilization?.warning),
    critical: mark(utilization?.critical),
    mandatory: role.fields.delegation?.mandatory === true,
  };
}

/** How many tasks a role works on at once, and how many hours a day. A role without capacity has no bounds. */
function capacityOf(role: Role): { readonly slots: number; readonly hours: number } {
  const { capacity } = role.fields;
  if (!capacity) return { slots: Number.POSITIVE_INFINITY, hours: 24 };
  return { slots: capacity.slots ?? 1, hours: capacity['hours-per-day'] ?? 24 };
}

/** Of those who are always there. */
export const PRESENT: readonly Absence[] = [];

/** When roles and people are away, by their ids, the earliest first. */
export function absencesIn({ faults }: Scenario): ReadonlyMap<string, readonly Absence[]> {
  const absences = new Map<string, Absence[]>();
  for (const fault of faults) {
    if (fault.kind !== 'unavailable') continue;
    const { who, from, lasting } = fault;
    const own = absences.get(who.id) ?? [];
    absences.set(
      who.id,
      [...own, { from, to: from + lasting }].sort((a, b) => a.from - b.from),
    );
  }
  return absences;
}

/** The first time, from one on, at which somebody is there. */
export function backFrom(absences: readonly Absence[], now: number): number {
  let back = now;
  for (const { from, to } of absences) if (back >= from && back < to) back = to;
  return back;
}
