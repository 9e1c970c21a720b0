import { type Graph, requireNode } from './graph.ts';

/**
 * By node: the arc with which a shortest walk to the nearest of some targets begins; `AT_TARGET` for the targets themselves and `NOWHERE` where
 * no walk leads to one. Breadth first against the arcs, linear in nodes and arcs.
 */
export function nearest(g: Graph, arriving: Graph, targets: Iterable<number>): Int32Array {
  const next = new Int32Array(g.nodes).fill(NOWHERE);
  const queue = new Int32Array(g.nodes);
  let tail = 0;
  for (const target of targets) {
    if (next[requireNode(g.nodes, target)] === AT_TARGET) continue;
    next[target] = AT_TARGET;
    queue[tail++] = target;
  }
  for (let head = 0; head < tail; head++) {
    const node = queue[head]!;
    for (let slot = arriving.first[node]!; slot < arriving.first[node + 1]!; slot++) {
      const arc = arriving.order[slot]!;
      const before = g.from[arc]!;
      if (next[before] !== NOWHERE) continue;
      next[before] = arc;
      queue[tail++] = before;
    }
  }
  return next;
}

/** Says in the answer of `nearest` that no target can be reached. */
export const NOWHERE = -1;
/** Says in the answer of `nearest` that the node is a target. */
export const AT_TARGET = -2;
