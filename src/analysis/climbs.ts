import { wordsOf } from '../team/condition.ts';
import type { Edge, Role, Team } from '../team/team.ts';
import { ANY_OTHER } from './escalation.ts';
import { graph } from './graph/graph.ts';
import { type Arc, type Relation, relate } from './relation.ts';

/** The way up that some failure classes share. Arcs that lead a role to itself are left out. */
export interface Climb extends Relation {
  /** In order of appearance; `ANY_OTHER` is in the list of those that no edge names. */
  readonly failures: readonly string[];
  /** The edges that roles use for these classes. */
  readonly edges: readonly Edge[];
}

/**
 * The climbs of a team. Classes that the same edges name climb alike, and so do all that no edge names;
 * putting them together keeps the work small where roles inherit long lists of classes.
 */
export function climbsOf(
  team: Team,
  classes: readonly string[],
  nodes: number,
  indexOf: (role: Role) => number,
): readonly Climb[] {
  const edges = team.edges.filter(({ type }) => type === 'escalates-to');
  const { arcs } = relate(edges, nodes, indexOf, (from, to) => from !== to);
  const arcsOf = grouped(arcs.map((arc) => [arc.edge, { arc, ends: [indexOf(arc.from), indexOf(arc.to)] as const }]));
  const byRole = grouped(edges.map((edge) => [edge.from, edge]));
  return alike(edges, classes).map(({ failures, named }) => {
    const used = usedEdges(new Set(named), byRole);
    const found = used.flatMap((edge) => arcsOf.get(edge) ?? []);
    return {
      failures,
      edges: used,
      arcs: found.map(({ arc }): Arc => arc),
      graph: graph(
        nodes,
        found.map(({ ends }) => ends),
      ),
    };
  });
}

/** Puts classes together that the same edges name. */
function alike(
  edges: readonly Edge[],
  classes: readonly string[],
): readonly { readonly failures: readonly string[]; readonly named: readonly Edge[] }[] {
  const naming = grouped(
    edges.flatMap((edge, number) => [...new Set(wordsOf(edge.when))].map((word) => [word, { edge, number }] as const)),
  );
  const groups = grouped(
    [...classes, ANY_OTHER].map((failure) => [(naming.get(failure) ?? []).map(({ number }) => number).join(), failure]),
  );
  return [...groups.values()].map((failures) => ({
    failures,
    named: (naming.get(failures[0]!) ?? []).map(({ edge }) => edge),
  }));
}

/** For each role the edges that name the classes, else those without `when`. */
function usedEdges(named: ReadonlySet<Edge>, byRole: ReadonlyMap<Role, readonly Edge[]>): readonly Edge[] {
  const fitting = new Set([...named].map(({ from }) => from));
  return [...byRole].flatMap(([role, edges]) =>
    edges.filter((edge) => (fitting.has(role) ? named.has(edge) : edge.when.length === 0)),
  );
}

function grouped<K, V>(pairs: readonly (readonly [K, V])[]): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
