import { type Role, type Team, targets } from '../team/team.ts';

/**
 * The roles that have a person at hand: the entries, or where none is known, the roles that nobody hands work to;
 * and those that only people start.
 */
export function rootsOf(team: Team): ReadonlySet<Role> {
  const own = [...team.roles.values()].filter((role) => role.own);
  const roots = team.entries.length > 0 ? team.entries : unassigned(team);
  return new Set([...roots, ...own.filter(({ fields }) => fields.mode === 'primary')]);
}

/** The team's own roles that no other role delegates to. */
export function unassigned(team: Team): readonly Role[] {
  const given = new Set<Role>();
  for (const edge of team.edges)
    if (edge.type === 'delegates-to') for (const to of targets(edge)) if (to !== edge.from) given.add(to);
  return [...team.roles.values()].filter((role) => role.own && !given.has(role));
}
