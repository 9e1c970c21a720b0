import { wordsOf } from '../team/condition.ts';
import type { Edge, Role, Team } from '../team/team.ts';

/** Stands for every failure class that the team does not speak of. */
export const ANY_OTHER = '';

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
  const byRole = edgesByRole(team);
  const takes = (failure: string): Team['ladder'] => {
    const named = team.ladder.findIndex(({ when }) => when.includes(failure));
    const entry = named === -1 ? team.ladder.findIndex(({ when }) => when.length === 0) : named;
    return entry === -1
      ? []
      : team.ladder.slice(entry).filter(({ when }) => when.length === 0 || when.includes(failure));
  };
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

function edgesByRole(team: Team): ReadonlyMap<Role, readonly Edge[]> {
  const byRole = new Map<Role, Edge[]>();
  for (const edge of team.edges) {
    if (edge.type !== 'escalates-to') continue;
    const edges = byRole.get(edge.from);
    if (edges) edges.push(edge);
    else byRole.set(edge.from, [edge]);
  }
  return byRole;
}

function classesOf(team: Team): readonly string[] {
  const classes = new Set<string>();
  for (const { when } of team.ladder) for (const word of when) classes.add(word);
  for (const edge of team.edges)
    if (edge.type === 'escalates-to') for (const word of wordsOf(edge.when)) classes.add(word);
  const gated = [...team.roles.values()].some(({ edges, work }) =>
    [
      ...edges,
      ...work.workflow,
      ...work.playbooks.flatMap(({ steps }) => steps),
      ...work.examples.flatMap(({ tasks }) => tasks),
    ].some(({ gates }) => gates.length > 0),
  );
  if (gated) classes.add('gate-failed');
  return [...classes];
}
