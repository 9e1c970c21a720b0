import { type Stack, type StackShape, stacksOf } from './boxes.ts';
import { type Hierarchy, hierarchyOf } from './hierarchy.ts';
import type { GraphArc, TeamGraph } from './team-graph.ts';

/** Above so many arcs only the hierarchy is routed; the rest are plain curves. */
export const MOST_ROUTED = 240;

/** A line for Graphviz to route, and whether its head stands below its tail, above it, or anywhere. */
export interface Routed {
  readonly tail: string;
  readonly head: string;
  readonly ranks: 'down' | 'up' | 'no';
  readonly arcs: readonly GraphArc[];
}

/** Which nodes stand in blocks, which lines Graphviz routes, which stay within a block, and which are plain curves. */
export interface Plan {
  readonly stacks: readonly Stack[];
  readonly stackOf: ReadonlyMap<number, number>;
  readonly routed: readonly Routed[];
  readonly within: readonly GraphArc[];
  readonly curved: readonly GraphArc[];
}

/** Sorts the arcs of a graph for a shape of blocks: the hierarchy decides who stands above whom, the rest only has lines. */
export function planOf(graph: TeamGraph, shape: StackShape): Plan {
  const arcs = graph.arcs.filter(({ from, to }) => from !== to);
  const hierarchy = hierarchyOf(graph);
  const leads = (arc: GraphArc): boolean => hierarchy.arcs.has(arc);
  const stacks = stacksOf(graph, childrenOf(graph, hierarchy), shape);
  const stackOf = new Map(stacks.flatMap(({ members }, stack) => members.map((member) => [member, stack] as const)));
  const shared = sharedBy(arcs, stacks, stackOf);
  const isWhole = (arc: GraphArc): boolean => leads(arc) || shared.has(arc);
  const isWithin = ({ from, to }: GraphArc): boolean => stackOf.has(from) && stackOf.get(from) === stackOf.get(to);
  const isRouted = (arc: GraphArc): boolean =>
    !isWithin(arc) && ((arcs.length <= MOST_ROUTED && !hierarchy.tangled) || isWhole(arc));
  const ranksOf = (arc: GraphArc): Routed['ranks'] => {
    if (leads(arc)) return hierarchy.down ? 'down' : 'up';
    // Those whom no role leads to stand above, as escalation ends there.
    return graph.nodes[arc.to]!.kind !== 'role' && arc.type !== 'collaborates-with' ? 'up' : 'no';
  };
  const routed = new Map<string, Routed & { readonly arcs: GraphArc[] }>();
  for (const arc of arcs.filter(isRouted)) {
    const [tail, head] = [arc.from, arc.to].map((node) => nameOf(node, stackOf.get(node), isWhole(arc))) as [
      string,
      string,
    ];
    const key = `${arc.type} ${tail} ${head}`;
    const known = routed.get(key);
    if (known) known.arcs.push(arc);
    else routed.set(key, { tail, head, ranks: ranksOf(arc), arcs: [arc] });
  }
  return {
    stacks,
    stackOf,
    routed: [...routed.values()],
    within: arcs.filter(isWithin),
    curved: arcs.filter((arc) => !isRouted(arc) && !isWithin(arc)),
  };
}

/** What a node is called in the layout: a block as a whole, or a member of one. */
function nameOf(node: number, stack: number | undefined, whole: boolean): string {
  if (stack === undefined) return `n${node}`;
  return whole ? `s${stack}` : `s${stack}:p${node}`;
}

/** By position, who stands below. */
function childrenOf({ nodes }: TeamGraph, { arcs, down }: Hierarchy): readonly (readonly number[])[] {
  const children = nodes.map(() => new Set<number>());
  for (const { from, to } of arcs) children[down ? from : to]!.add(down ? to : from);
  return children.map((set) => [...set]);
}

/** The arcs that every member of a block has alike: they begin at the block. */
function sharedBy(
  arcs: readonly GraphArc[],
  stacks: readonly Stack[],
  stackOf: ReadonlyMap<number, number>,
): ReadonlySet<GraphArc> {
  const alike = new Map<string, GraphArc[]>();
  for (const arc of arcs) {
    const stack = stackOf.get(arc.from);
    if (stack === undefined || stackOf.has(arc.to)) continue;
    const key = `${arc.type} ${stack} ${arc.to}`;
    alike.set(key, [...(alike.get(key) ?? []), arc]);
  }
  const whole = [...alike.values()].filter(
    (some) => some.length === stacks[stackOf.get(some[0]!.from)!]!.members.length,
  );
  return new Set(whole.flat());
}
