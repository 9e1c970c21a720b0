import type { Edge, EdgeType, Role, Team } from '../team/team.ts';
import { targets } from '../team/team.ts';
import { type Escalation, escalationOf } from './escalation.ts';
import { type Graph, graph } from './graph/graph.ts';
import { reachable } from './graph/reachable.ts';
import { shortestCycles } from './graph/shortest-cycles.ts';

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

/** What can be worked out about a team. Each fact is computed at most once, when it is first asked for. */
export interface Facts {
  readonly roles: readonly Role[];
  /** The position of a role in `roles`. */
  indexOf(role: Role): number;
  relation(type: EdgeType): Relation;
  /** Rings of delegation that nothing bounds, neither `max-rounds` nor an approval: the shortest of each knot. */
  readonly delegationCycles: readonly (readonly Arc[])[];
  /** Whether work that enters the team can get to a role, by delegation or by escalation. */
  isReachable(role: Role): boolean;
  readonly escalation: Escalation;
}

/** Prepares the facts about a team. */
export function analyze(team: Team): Facts {
  const roles = [...team.roles.values()];
  const index = new Map(roles.map((role, position) => [role, position]));
  const indexOf = (role: Role): number => index.get(role) ?? -1;
  const relations = new Map<EdgeType, Relation>();
  const relation = (type: EdgeType): Relation => {
    const known = relations.get(type);
    if (known) return known;
    const made = relate(
      team.edges.filter((edge) => edge.type === type),
      roles.length,
      indexOf,
    );
    relations.set(type, made);
    return made;
  };
  const once = memo();
  return {
    roles,
    indexOf,
    relation,
    get delegationCycles() {
      return once('delegationCycles', () => {
        const edges = team.edges.filter(
          ({ type, maxRounds, approval }) =>
            type === 'delegates-to' && maxRounds === undefined && approval === undefined,
        );
        const { graph: g, arcs } = relate(edges, roles.length, indexOf, (from, to) => from !== to);
        return shortestCycles(g).map((cycle) => cycle.map((arc) => arcs[arc]!));
      });
    },
    isReachable(role) {
      const reached = once('reached', () => {
        const work = team.edges.filter(({ type }) => type === 'delegates-to' || type === 'escalates-to');
        return reachable(relate(work, roles.length, indexOf).graph, team.entries.map(indexOf));
      });
      return reached[indexOf(role)] === 1;
    },
    get escalation() {
      return once('escalation', () => escalationOf(team));
    },
  };
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

function memo(): <T>(name: string, compute: () => T) => T {
  const known = new Map<string, unknown>();
  return <T>(name: string, compute: () => T): T => {
    if (!known.has(name)) known.set(name, compute());
    return known.get(name) as T;
  };
}
