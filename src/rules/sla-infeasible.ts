import { type Promised, promisesOf } from '../analysis/promises.ts';
import { loadThatKeeps } from '../analysis/queue.ts';
import { ratioOf } from '../team/quantity.ts';
import type { Step } from '../team/team.ts';
import type { Rule, RuleContext } from './rule.ts';

/** A promise that can't be kept is broken every day, and nobody looks at it any more. */
export const slaInfeasible: Rule = {
  id: 'sla-infeasible',
  summary: 'A role is promised to answer sooner than its tasks take.',
  severity: 'warning',

  check(context) {
    for (const promised of promisesOf(context.facts.roles))
      if (!checkEffort(promised, context)) checkQueue(promised, context);
  },
};

/** Tells of tasks that take longer than the bound even when nothing waits. */
function checkEffort(promised: Promised, { report }: RuleContext): boolean {
  const { role, hours, tasks, at } = promised;
  const long = tasks.filter((task) => task.hours[0] > hours);
  const longest = long.reduce((most, task) => (task.hours[0] > most.hours[0] ? task : most), long[0]!);
  if (!longest) return false;
  report({
    at,
    role: role.id,
    message: `${role.id} can't keep to ${bounded(promised)}: "${longest.step.do}" alone takes ${show(longest.hours[0])}.`,
    related: long.map(({ step }) => ({ at: step.at, message: `takes ${effortOf(step)}` })),
    help: 'Allow more time, or split the task.',
  });
  return true;
}

/** Tells where tasks that queue up take longer than the bound although no alarm rings yet. */
function checkQueue(promised: Promised, { report }: RuleContext): void {
  const { role, hours, tasks, at } = promised;
  const { slots = 1, utilization } = role.fields.capacity ?? {};
  const warning = ratioOf(utilization?.warning);
  const service = tasks.reduce((sum, task) => sum + (task.hours[0] + task.hours[1]) / 2, 0) / tasks.length;
  const load = loadThatKeeps(hours, service, slots);
  if (warning === undefined || load >= warning) return;
  const percent = `${Math.floor(load * 100 + 1e-6)}%`;
  report({
    at,
    role: role.id,
    message: `${role.id} can't keep to ${bounded(promised)} once it is busy for more than ${percent}, and it warns only at ${utilization!.warning}.`,
    related: [
      { at: role.place('capacity', 'utilization', 'warning'), message: 'the load to warn at' },
      ...tasks.map(({ step }) => ({ at: step.at, message: `takes ${effortOf(step)}` })),
    ],
    help: `Warn at ${percent}, give ${role.id} more than ${slots === 1 ? 'one slot' : `${slots} slots`}, or allow more time.`,
  });
}

function bounded({ bound, hours, role }: Promised): string {
  const daily = role.fields.capacity?.['hours-per-day'];
  return daily !== undefined && /[dw]$/.test(bound) ? `${bound} (${show(hours)} of work)` : bound;
}

function show(hours: number): string {
  return hours < 1 ? `${Math.round(hours * 60)}m` : `${Math.round(hours * 10) / 10}h`;
}

function effortOf({ effort }: Step): string {
  return [effort ?? []].flat().join(' to ');
}
