import { wordsOf } from '../team/condition.ts';
import { type Edge, personsOf, type Role, type Team, targets } from '../team/team.ts';

/** How a failure of one class climbs over a team's escalation edges. */
export interface Escalation {
  /** Every failure class that the team speaks of, in order of appearance; `gate-failed` where there are gates. */
  readonly classes: readonly string[];
  /** The edges that a role uses for a class: those that name it, else those without `when`. */
  edges(role: Role, failure: string): readonly Edge[];
  /** Whether the ladder takes a class at a step that ends at a person. */
  endsAtPerson(failure: string): boolean;
  /** Whether some step of the ladder takes the class. */
  isTaken(failure: string): boolean;
}

/** Collects the failure classes of a team and how each one climbs. */
export function escalationOf(team: Team): Escalation {
  const byRole = new Map<Role, readonly Edge[]>();
  for (const edge of team.edges)
    if (edge.type === 'escalates-to') byRole.set(edge.from, [...(byRole.get(edge.from) ?? []), edge]);
  const takes = (failure: string) => team.ladder.filter(({ when }) => when.length === 0 || when.includes(failure));
  return {
    classes: classesOf(team),
    edges(role, failure) {
      const all = byRole.get(role) ?? [];
      const named = all.filter(({ when }) => wordsOf(when).includes(failure));
      return named.length > 0 ? named : all.filter(({ when }) => when.length === 0);
    },
    endsAtPerson: (failure) => takes(failure).some(({ by }) => typeof by === 'object' && by.kind === 'person'),
    isTaken: (failure) => takes(failure).length > 0,
  };
}

function classesOf(team: Team): readonly string[] {
  const classes = new Set<string>();
  for (const { when } of team.ladder) for (const word of when) classes.add(word);
  for (const edge of team.edges)
    if (edge.type === 'escalates-to') for (const word of wordsOf(edge.when)) classes.add(word);
  const gated = [...team.roles.values()].some(({ edges, work }) =>
    [...edges, ...work.workflow, ...work.examples.flatMap(({ tasks }) => tasks)].some(({ gates }) => gates.length > 0),
  );
  if (gated) classes.add('gate-failed');
  return [...classes];
}

/**
 * The roles and persons that a class climbs to from a role over escalation edges, nearest first, each once.
 * The walk stops at persons and at roles that have no edge for the class.
 */
export function climb(
  escalation: Escalation,
  from: Role,
  failure: string,
): { readonly roles: readonly Role[]; readonly edges: readonly Edge[]; readonly reachesPerson: boolean } {
  const roles = new Set<Role>();
  const edges: Edge[] = [];
  let reachesPerson = false;
  const queue = [from];
  for (let at = 0; at < queue.length; at++) {
    for (const edge of escalation.edges(queue[at]!, failure)) {
      edges.push(edge);
      reachesPerson ||= personsOf(edge.to).length > 0;
      for (const role of targets(edge)) {
        if (roles.has(role) || role === from) continue;
        roles.add(role);
        queue.push(role);
      }
    }
  }
  return { roles: [...roles], edges, reachesPerson };
}
