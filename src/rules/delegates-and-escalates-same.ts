import type { Condition } from '../team/condition.ts';
import { type Edge, type EdgeType, type Role, targets } from '../team/team.ts';
import type { Rule } from './rule.ts';

/** Work that comes back from below goes down again by the same way. */
export const delegatesAndEscalatesSame: Rule = {
  id: 'delegates-and-escalates-same',
  summary: 'A role hands work to the very role that it turns to when work fails.',
  severity: 'warning',

  check({ team, report }) {
    for (const role of team.roles.values())
      for (const [other, { down, up }] of bothWays(role))
        report({
          at: down.at,
          role: role.id,
          message: `${role.id} hands work to ${other.id} and turns to ${other.id} when work fails.`,
          related: [{ at: up.at, message: `what fails with ${other.id} goes back to ${other.id}` }],
          help: 'Keep the one that is meant; if both are, give each a "when" of its own, or let failures go to somebody else.',
        });
  },
};

/** The roles that one role delegates to and escalates to, with the first edges that may carry the same work. */
function bothWays(role: Role): ReadonlyMap<Role, { readonly down: Edge; readonly up: Edge }> {
  const upward = new Map<Role, Edge[]>();
  for (const [other, edge] of arcs(role, 'escalates-to')) {
    const edges = upward.get(other);
    if (edges) edges.push(edge);
    else upward.set(other, [edge]);
  }
  const both = new Map<Role, { down: Edge; up: Edge }>();
  for (const [other, down] of arcs(role, 'delegates-to')) {
    const up = upward.get(other)?.find((edge) => overlaps(down, edge));
    if (up && !both.has(other)) both.set(other, { down, up });
  }
  return both;
}

function arcs(role: Role, type: EdgeType): readonly (readonly [to: Role, edge: Edge])[] {
  return role.edges
    .filter((edge) => edge.type === type)
    .flatMap((edge) => targets(edge).map((to) => [to, edge] as const))
    .filter(([to]) => to !== role);
}

/** Whether the same work can go both ways. An author who gave each way conditions of its own has told them apart. */
function overlaps(down: Edge, up: Edge): boolean {
  if (up.when.length === 0) return true;
  if (down.when.length === 0) return down.keywords.length === 0;
  return down.when.some((one) => up.when.some((other) => meet(one, other)));
}

/** Whether two conditions speak of the same thing: the same word, or a label for which both take the same value. */
function meet(one: Condition, other: Condition): boolean {
  if (one.word !== undefined || other.word !== undefined) return one.word === other.word;
  const values = new Map(other.labels);
  const shared = one.labels.filter(([label]) => values.has(label));
  return shared.length > 0 && shared.every(([label, list]) => list.some((value) => values.get(label)?.includes(value)));
}
