import { type Edge, type Role, type Team, targets } from '../team/team.ts';
import { enumerate } from '../text/enumerate.ts';
import { keyOf } from '../text/place.ts';
import type { Rule, RuleContext } from './rule.ts';
import { isUnreadable } from './written.ts';

/** A role that no work gets to is kept up for nothing. */
export const unreachableRole: Rule = {
  id: 'unreachable-role',
  summary: 'No work that comes into the team can get to a role.',
  severity: 'warning',

  check(context) {
    const { team, facts } = context;
    const unreachable = [...team.roles.values()].filter((role) => role.own && !facts.isReachable(role));
    if (unreachable.length === 0 || hasGaps(context)) return;
    if (team.entries.length > 0) reportRoles(unreachable, context);
    else if (team.definition.entry === undefined) reportNoEntry(context);
  },
};

/** Whether some hand-over could not be read: that mistake is told already, and who would get the work is not known. */
function hasGaps({ team, facts, loaded }: RuleContext): boolean {
  const relations = ['entry', 'delegates-to', 'escalates-to'];
  return (
    [...team.roles.values()].some((role) => facts.isReachable(role) && isUnreadable(loaded, role.at.file)) ||
    loaded.problems.some(({ rule, at }) => rule === 'schema' && relations.some((key) => at.pointer.includes(key)))
  );
}

function reportNoEntry({ team, facts, report }: RuleContext): void {
  const roots = facts.unassigned.map(({ id }) => id);
  report({
    at: team.at,
    message:
      roots.length === 0
        ? 'The team has no entry: every role gets its work from another one.'
        : `The team has no entry: nobody delegates to ${enumerate(roots)}, so it could be any of them.`,
    help: 'Say where requests come in, with "entry" and the name of the role.',
  });
}

function reportRoles(unreachable: readonly Role[], { team, report }: RuleContext): void {
  const givers = giverOf(team);
  for (const role of unreachable) {
    const edge = givers.get(role);
    const finding = { at: keyOf(role.at), role: role.id };
    if (edge)
      report({
        ...finding,
        message: `No work gets to ${role.id}: ${edge.from.id} could pass it on, but gets none.`,
        related: [{ at: edge.at, message: `${edge.from.id} would turn to ${role.id}` }],
        help: `See to it that work gets to ${edge.from.id}.`,
      });
    else
      report({
        ...finding,
        message: `No work gets to ${role.id}: no role passes any on to it.`,
        help: `Put ${role.id} into the "delegates-to" of a role that has work for it, or write "mode: primary" if people start it.`,
      });
  }
}

/** For each role, the first edge over which another one would pass work on. */
function giverOf(team: Team): ReadonlyMap<Role, Edge> {
  const arcs = team.edges
    .filter(({ type }) => type === 'delegates-to' || type === 'escalates-to')
    .flatMap((edge) => targets(edge).map((to) => [to, edge] as const))
    .filter(([to, { from }]) => to !== from);
  return new Map(arcs.reverse());
}
