import { type Edge, type Role, targets } from '../team/team.ts';
import { type Graph, graph } from './graph/graph.ts';

/** One arc of a relation: an edge and one of the roles it leads to. */
export interface Arc {
  readonly edge: Edge;
  readonly from: Role;
  readonly to: Role;
}

/** A relation as a graph: nodes are `Facts.roles` by position, arc `i` of the graph is `arcs[i]`. */
export interface Relation {
  readonly graph: Graph;
  readonly arcs: readonly Arc[];
}

/** The graph of some edges; an edge that may lead to several roles has an arc for each. */
export function relate(
  edges: readonly Edge[],
  nodes: number,
  indexOf: (role: Role) => number,
  keep: (from: Role, to: Role) => boolean = () => true,
): Relation {
  const arcs = edges.flatMap((edge) =>
    targets(edge)
      .filter((to) => keep(edge.from, to) && indexOf(to) !== -1)
      .map((to) => ({ edge, from: edge.from, to })),
  );
  return {
    graph: graph(
      nodes,
      arcs.map(({ from, to }) => [indexOf(from), indexOf(to)] as const),
    ),
    arcs,
  };
}
