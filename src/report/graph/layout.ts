import { type Size, type StackShape, titledGroups } from './boxes.ts';
import { layoutDot } from './layout-dot.ts';
import { planOf } from './layout-plan.ts';
import { readLayout } from './layout-read.ts';
import type { Layout, Way } from './placed.ts';
import type { Direction, TeamGraph } from './team-graph.ts';

/** The room that a picture should fit in, in pixels. */
const ROOM: Size = { width: 1300, height: 820 };

/** Up to so many nodes a picture without blocks is tried. */
const FEW = 90;

const PLAIN: StackShape = { least: Number.POSITIVE_INFINITY, below: 1, alone: 2 };
const DOWN: StackShape = { least: 3, below: 0.5, alone: 2 };
const ACROSS: StackShape = { least: 3, below: 4, alone: 2 };

/**
 * Lays a graph out by Graphviz as WebAssembly, which sees numbers only. Of a few ways the first that can be read in an
 * ordinary window is taken, else the one that comes nearest.
 */
export async function layoutOf(graph: TeamGraph, direction: Direction | undefined): Promise<Layout> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const graphviz = await Graphviz.load();
  let best: { readonly layout: Layout; readonly fit: number } | undefined;
  for (const way of waysFor(graph, direction)) {
    const plan = planOf(graph, way.shape);
    const layout = readLayout(graphviz.layout(layoutDot(graph, plan, way), 'json', 'dot'), graph, plan);
    const fit = Math.min(1, ROOM.width / layout.width, ROOM.height / layout.height);
    if (!best || fit > best.fit * 1.05) best = { layout, fit };
    if (fit > 0.75) break;
  }
  return best!.layout;
}

/** The ways to try, the plainest first. */
function waysFor(graph: TeamGraph, direction: Direction | undefined): readonly Way[] {
  const down = direction === 'BT' ? 'BT' : 'TB';
  const across = direction === 'RL' ? 'RL' : 'LR';
  const groups = titledGroups(graph).length;
  const rows = [1, 2, 3, 4, 5].filter((number) => number === 1 || number * 2 <= groups);
  const few = graph.nodes.length <= FEW;
  const ways: readonly Way[] = [
    ...(few
      ? [down, across].map((each): Way => ({ direction: each as Direction, shape: PLAIN, abreast: groups }))
      : []),
    ...rows.map((number): Way => ({ direction: down, shape: DOWN, abreast: Math.ceil(groups / number) })),
    ...rows
      .slice(0, 3)
      .map((number): Way => ({ direction: across, shape: ACROSS, abreast: Math.ceil(groups / number) })),
  ];
  return ways.filter((way) => direction === undefined || way.direction === direction);
}
