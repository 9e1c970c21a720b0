import type { Edge, Role } from '../team/team.ts';
import type { Climb } from './climbs.ts';
import type { Escalation } from './escalation.ts';
import { reverse } from './graph/graph.ts';
import { reachable } from './graph/reachable.ts';
import type { Arc } from './relation.ts';

/** A role at which escalation ends although nobody is there to decide. */
export interface DeadEnd {
  readonly role: Role;
  /** The first escalation that ends there. */
  readonly arc: Arc;
  /** The classes for which it does. */
  readonly failures: readonly string[];
}

/**
 * The roles where chains of escalation end in vain: no chain from whoever turns to them gets to a person or to a root,
 * and the ladder does not lead the class to a person either. Chains that only go round in a ring end nowhere.
 */
export function deadEnds(
  climbs: readonly Climb[],
  escalation: Escalation,
  roots: ReadonlySet<Role>,
  roles: readonly Role[],
  indexOf: (role: Role) => number,
): readonly DeadEnd[] {
  const ends = new Map<Role, { arc: Arc; failures: string[] }>();
  for (const climb of climbs) {
    const failures = climb.failures.filter((failure) => !escalation.endsAtPerson(failure));
    if (failures.length === 0) continue;
    for (const arc of endsOf(climb, roots, roles, indexOf)) {
      const known = ends.get(arc.to);
      if (known) known.failures.push(...failures);
      else ends.set(arc.to, { arc, failures: [...failures] });
    }
  }
  return [...ends].map(([role, end]) => ({ role, ...end }));
}

/** For each role at which one climb ends in vain, the first arc that leads there. */
function endsOf(
  { edges, graph, arcs }: Climb,
  roots: ReadonlySet<Role>,
  roles: readonly Role[],
  indexOf: (role: Role) => number,
): readonly Arc[] {
  const goesOn = new Set(edges.map(({ from }) => from));
  const decided = new Set<Role>(edges.filter(leavesTheRoles).map(({ from }) => from));
  for (const role of roles) if (roots.has(role) || !role.own) decided.add(role);
  const answered = reachable(reverse(graph), [...decided].map(indexOf));
  const first = new Map<Role, Arc>();
  for (const arc of arcs)
    if (!answered[indexOf(arc.from)] && !goesOn.has(arc.to) && !first.has(arc.to)) first.set(arc.to, arc);
  return [...first.values()];
}

/** Whether an edge leads to a person, to whoever handed the work over, or to a name that could not be resolved. */
function leavesTheRoles({ to }: Edge): boolean {
  return to.some(
    (one) => one.kind === 'person' || one.kind === 'unresolved' || (one.kind === 'word' && one.word === 'delegator'),
  );
}
