import type { Graph } from './graph.ts';

/**
 * The strongly connected component of each node, as numbers from 0 in reverse topological order: an arc between two
 * components goes from the higher number to the lower. Linear in nodes and arcs.
 *
 * R. E. Tarjan, "Depth-First Search and Linear Graph Algorithms", SIAM Journal on Computing 1 (1972).
 */
export function components(g: Graph): Int32Array {
  const walk = start(g);
  for (let root = 0; root < g.nodes; root++) {
    if (walk.visit[root] === UNSEEN) explore(g, root, walk);
  }
  return walk.component;
}

const UNSEEN = -1;

interface Walk {
  readonly component: Int32Array;
  /** By node: when it was first seen. */
  readonly visit: Int32Array;
  /** By node: the earliest visit that is known to be in its component. */
  readonly low: Int32Array;
  /** By node: the slot of the next arc to follow. */
  readonly next: Int32Array;
  /** The nodes from the root to where the walk stands. */
  readonly path: Int32Array;
  /** The nodes that were seen and belong to no component yet. */
  readonly open: Int32Array;
  depth: number;
  opened: number;
  visits: number;
  found: number;
}

function start(g: Graph): Walk {
  return {
    component: new Int32Array(g.nodes).fill(UNSEEN),
    visit: new Int32Array(g.nodes).fill(UNSEEN),
    low: new Int32Array(g.nodes),
    next: g.first.slice(),
    path: new Int32Array(g.nodes),
    open: new Int32Array(g.nodes),
    depth: 0,
    opened: 0,
    visits: 0,
    found: 0,
  };
}

function explore(g: Graph, root: number, walk: Walk): void {
  const { component, visit, low, next, path } = walk;
  enter(root, walk);
  while (walk.depth > 0) {
    const node = path[walk.depth - 1]!;
    if (next[node] === g.first[node + 1]) {
      leave(node, walk);
      continue;
    }
    const target = g.to[g.order[next[node]!++]!]!;
    if (visit[target] === UNSEEN) enter(target, walk);
    else if (component[target] === UNSEEN) low[node] = Math.min(low[node]!, visit[target]!);
  }
}

function enter(node: number, walk: Walk): void {
  walk.visit[node] = walk.visits;
  walk.low[node] = walk.visits++;
  walk.path[walk.depth++] = node;
  walk.open[walk.opened++] = node;
}

function leave(node: number, walk: Walk): void {
  const { component, visit, low, path, open } = walk;
  walk.depth--;
  if (low[node] === visit[node]) {
    while (component[node] === UNSEEN) component[open[--walk.opened]!] = walk.found;
    walk.found++;
  } else {
    // Something above is in the same component, so there is a parent to tell.
    const parent = path[walk.depth - 1]!;
    low[parent] = Math.min(low[parent]!, low[node]!);
  }
}
