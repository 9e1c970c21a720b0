import { type Role, rolesOf } from '../team/team.ts';

/** The roles that a role may hand work to, itself left out; each once. */
export function delegatesOf(role: Role): readonly Role[] {
  const edges = role.edges.filter(({ type }) => type === 'delegates-to');
  return [...new Set(edges.flatMap(({ to }) => rolesOf(to)))].filter((other) => other !== role);
}

/** All roles that can be reached from a role over delegation, itself left out, nearest first. */
export function reachedFrom(role: Role): readonly Role[] {
  const reached = new Set<Role>();
  const queue = [role];
  for (let at = 0; at < queue.length; at++) {
    for (const next of delegatesOf(queue[at]!)) {
      if (next === role || reached.has(next)) continue;
      reached.add(next);
      queue.push(next);
    }
  }
  return [...reached];
}
