import type { GraphArc, TeamGraph } from './team-graph.ts';

/** The arcs that decide who stands above whom in a picture. */
export interface Hierarchy {
  readonly arcs: ReadonlySet<GraphArc>;
  /** Whether an arc leads downwards, as delegation does; escalation and reports lead upwards. */
  readonly down: boolean;
  /** Whether there are too many to lay them all out, so that the arcs are those of a forest. */
  readonly tangled: boolean;
}

/** Up to so many arcs a hierarchy is laid out as a whole, and beyond if few of them cross the rest: else ranking takes minutes. */
const MOST_ARCS = 120;
const MOST_CROSSING = 60;

/** Delegation is the hierarchy; where there is none, escalation and reports are, upwards. Nobody stands above himself. */
export function hierarchyOf(graph: TeamGraph): Hierarchy {
  const delegations = graph.arcs.filter(({ type, from, to }) => type === 'delegates-to' && from !== to);
  const down = delegations.length > 0;
  const upwards = graph.arcs.filter(({ type, from, to }) => type !== 'collaborates-with' && from !== to);
  const all = down ? delegations : upwards;
  const trees = forest(graph, all, down);
  const tangled = all.length > MOST_ARCS && all.length - trees.length > MOST_CROSSING;
  return { arcs: new Set(tangled ? trees : all), down, tangled };
}

/** For each node the arc by which it is first met, breadth first from where requests come in, then from whoever is left. */
function forest({ nodes }: TeamGraph, arcs: readonly GraphArc[], down: boolean): readonly GraphArc[] {
  const below = nodes.map((): GraphArc[] => []);
  for (const arc of arcs) below[down ? arc.from : arc.to]!.push(arc);
  const entries = nodes.flatMap(({ entry }, position) => (entry ? [position] : []));
  const met = new Set<number>();
  return [...entries, ...nodes.keys()].flatMap((start) => tree(start, met, (node) => below[node]!, down));
}

/** The arcs over which those who were not met before are met from one. */
function tree(
  start: number,
  met: Set<number>,
  below: (node: number) => readonly GraphArc[],
  down: boolean,
): readonly GraphArc[] {
  if (met.has(start)) return [];
  met.add(start);
  const queue = [start];
  const kept: GraphArc[] = [];
  for (const node of queue) {
    const fresh = below(node).filter((arc) => !met.has(down ? arc.to : arc.from));
    for (const arc of fresh) met.add(down ? arc.to : arc.from);
    kept.push(...fresh);
    queue.push(...fresh.map((arc) => (down ? arc.to : arc.from)));
  }
  return kept;
}
