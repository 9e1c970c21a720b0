import type { Condition } from '../team/condition.ts';
import { entries } from '../team/items.ts';
import { hoursOf } from '../team/quantity.ts';
import type { Step } from '../team/team.ts';
import { type Edge, type Role, rolesOf } from '../team/team.ts';
import { below, type Place } from '../text/place.ts';
import { isHit } from './keywords.ts';

/** A step with the role that does it. */
interface Task {
  readonly step: Step;
  /** The role whose work the step stands in. */
  readonly giver: Role;
  /** Working hours, the least and the most. */
  readonly hours: readonly [least: number, most: number];
}

/** A bound on the time that a role takes for its tasks of one kind. */
export interface Promised {
  readonly role: Role;
  /** The bound as it is written. */
  readonly bound: string;
  /** The most working hours of the role that fit into it. */
  readonly hours: number;
  readonly tasks: readonly Task[];
  readonly at: Place;
}

/** The bounds of a team on the time for tasks whose effort is known: from the metrics of roles, and from `sla`. */
export function promisesOf(roles: readonly Role[]): readonly Promised[] {
  const tasks = tasksOf(roles);
  const promised = roles.flatMap((role) => [
    ...metricsOf(role, tasks.get(role) ?? []),
    ...role.edges.flatMap((edge) => answersOf(edge, tasks)),
  ]);
  return promised.filter((promise) => promise.tasks.length > 0);
}

/** Steps with an effort, by who does them: whom they go to, else the role in whose work they stand. */
function tasksOf(roles: readonly Role[]): ReadonlyMap<Role, readonly Task[]> {
  const tasks = new Map<Role, Task[]>();
  for (const giver of roles) {
    const { workflow, playbooks, examples } = giver.work;
    const steps = [...workflow, ...playbooks.flatMap((book) => book.steps), ...examples.flatMap((one) => one.tasks)];
    for (const step of steps) {
      const hours = [step.effort ?? []].flat().flatMap((text) => hoursOf(text) ?? []);
      if (hours.length === 0) continue;
      const task: Task = { step, giver, hours: [hours[0]!, hours.at(-1)!] };
      for (const role of doersOf(step, giver)) {
        const known = tasks.get(role);
        if (known) known.push(task);
        else tasks.set(role, [task]);
      }
    }
  }
  return tasks;
}

function doersOf({ to }: Step, giver: Role): readonly Role[] {
  const self = to.length === 0 || to.some((reference) => reference.kind === 'word' && reference.word === 'self');
  return [...new Set([...(self ? [giver] : []), ...rolesOf(to)])];
}

/** `review-turnaround: { below: 8h }`: the time for all tasks that are called a review. */
function metricsOf(role: Role, tasks: readonly Task[]): readonly Promised[] {
  return entries(role.fields.metrics).flatMap(([name, metric]) => {
    const kind = /^(?:(.+)-)?(?:turnaround|cycle-time|lead-time)$/.exec(name);
    if (!kind || typeof metric === 'string') return [];
    const limit = metric.below === undefined ? 'at-most' : 'below';
    const hours = hoursOf(metric[limit]);
    if (hours === undefined) return [];
    const at = role.place('metrics', name, limit);
    const meant = tasks.filter((task) => isOfKind(task, kind[1]));
    return [{ role, bound: String(metric[limit]), hours: workingHours(hours, role), tasks: meant, at }];
  });
}

/** Kinds that mean every task. */
const ANY = /^(?:task|work|job|item|ticket|request)s?$/;

function isOfKind({ step: { id = '', do: text, labels } }: Task, kind: string | undefined): boolean {
  if (kind === undefined || ANY.test(kind)) return true;
  const words = kind.replaceAll('-', ' ');
  return [id, text, ...Object.values(labels).map(String)].some((said) => isHit(words, said.replaceAll('-', ' ')));
}

/**
 * `sla` of an escalation or a collaboration: the time for what the role at its end does about the same conditions, and for
 * tasks that go to it over no delegation.
 */
function answersOf(edge: Edge, tasks: ReadonlyMap<Role, readonly Task[]>): readonly Promised[] {
  const hours = hoursOf(edge.sla);
  if (hours === undefined || edge.direction === 'out') return [];
  const delegated = new Set(
    edge.from.edges.filter(({ type }) => type === 'delegates-to').flatMap(({ to }) => rolesOf(to)),
  );
  const answered = new Set(edge.when.flatMap(wordOf));
  return rolesOf(edge.to).map((role) => ({
    role,
    bound: edge.sla!,
    hours: workingHours(hours, role),
    tasks: (tasks.get(role) ?? []).filter(({ step, giver }) =>
      giver === role
        ? step.when.flatMap(wordOf).some((word) => answered.has(word))
        : giver === edge.from && !delegated.has(role),
    ),
    at: below(edge.at, 'sla'),
  }));
}

function wordOf({ word }: Condition): readonly string[] {
  return word === undefined ? [] : [word];
}

/** The most hours that a role can work within a span of time: whole days, and then as much of a day as is left. */
function workingHours(hours: number, { fields }: Role): number {
  const daily = fields.capacity?.['hours-per-day'] ?? 24;
  return Math.floor(hours / 24) * daily + Math.min(hours % 24, daily);
}
