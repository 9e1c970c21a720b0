import { ratioOf } from '../team/quantity.ts';
import type { Edge, Role, Team } from '../team/team.ts';
import { below, type Place } from '../text/place.ts';
import { namesOf } from './edge-names.ts';
import type { Rule, RuleContext } from './rule.ts';

const STEPS = ['ideal', 'warning', 'critical'] as const;

/** Alarms that ring in the wrong order ring too late. */
export const thresholdOrder: Rule = {
  id: 'threshold-order',
  summary: 'Thresholds of utilization do not rise, or help is called only above the critical one.',
  severity: 'error',

  check(context) {
    for (const role of context.team.roles.values()) {
      checkSteps(role, context);
      checkCalls(role, context);
    }
  },
};

function checkSteps(role: Role, { report }: RuleContext): void {
  const written = role.fields.capacity?.utilization ?? {};
  const steps = STEPS.flatMap((name) => {
    const value = ratioOf(written[name]);
    return value === undefined ? [] : [{ name, value, at: role.place('capacity', 'utilization', name) }];
  });
  for (const [index, { name, value, at }] of steps.entries()) {
    const before = steps[index - 1];
    if (!before || before.value < value) continue;
    report({
      at,
      role: role.id,
      message: `${role.id} reaches "${name}" at ${written[name]}, which is not above "${before.name}" at ${written[before.name]}.`,
      related: [{ at: before.at, message: `"${before.name}" is ${written[before.name]}` }],
      help: 'Let the thresholds rise: ideal below warning, warning below critical.',
    });
  }
}

/** A bound on utilization from which on a role calls for help. */
interface Call {
  readonly edge: Edge;
  readonly of: string | undefined;
  readonly bound: number;
  readonly text: string;
  readonly at: Place;
}

/** Looks at the first call for help over each load; those that follow it may well be late. */
function checkCalls(role: Role, { team, report }: RuleContext): void {
  const first = new Map<string | undefined, Call>();
  for (const call of role.edges.flatMap(callsOf))
    if (call.bound < (first.get(call.of)?.bound ?? Number.POSITIVE_INFINITY)) first.set(call.of, call);
  for (const { edge, of, bound, text, at } of first.values()) {
    const last = lastCritical(measuredRoles(role, of, team));
    if (!last || bound <= last.value) continue;
    const said = last.role.fields.capacity!.utilization!.critical;
    report({
      at,
      role: role.id,
      severity: 'warning',
      message: `${role.id} turns to ${namesOf(edge)} only at ${text}, when ${last.role === role ? 'its own load' : `the load of ${last.role.id}`} has long been critical.`,
      related: [{ at: last.role.place('capacity', 'utilization', 'critical'), message: `critical is ${said}` }],
      help: `Put the bound at ${said} or below.`,
    });
  }
}

function callsOf(edge: Edge): readonly Call[] {
  return edge.when.flatMap(({ measures, steps }) =>
    measures.flatMap(([measure, { of, bounds }]) => {
      const lower = bounds.find(([name]) => name === 'above' || name === 'at-least');
      const bound = ratioOf(lower?.[1]);
      if (measure !== 'utilization' || !lower || bound === undefined) return [];
      const at = below(edge.at, 'when', ...steps, measure, lower[0]);
      return [{ edge, of, bound, text: String(lower[1]), at }];
    }),
  );
}

/** Of some roles the one that is critical last; nothing where one of them never is. */
function lastCritical(roles: readonly Role[]): { readonly role: Role; readonly value: number } | undefined {
  const critical = roles.map((role) => ({ role, value: ratioOf(role.fields.capacity?.utilization?.critical) }));
  let last: { readonly role: Role; readonly value: number } | undefined;
  for (const { role, value } of critical) {
    if (value === undefined) return undefined;
    if (!last || value > last.value) last = { role, value };
  }
  return last;
}

function measuredRoles(from: Role, of: string | undefined, team: Team): readonly Role[] {
  if (of === undefined) return [from];
  const role = team.roles.get(of);
  return role ? [role] : (team.groups.get(of)?.members ?? []);
}
