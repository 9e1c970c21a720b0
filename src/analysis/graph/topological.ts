import type { Graph } from './graph.ts';

/**
 * The nodes in an order in which every arc goes forward, or undefined where a cycle makes that impossible.
 * Nodes that are free from the beginning come first, lower numbers before higher. Linear in nodes and arcs.
 *
 * A. B. Kahn, "Topological Sorting of Large Networks", Communications of the ACM 5 (1962).
 */
export function topological(g: Graph): Int32Array | undefined {
  const missing = new Int32Array(g.nodes);
  for (const node of g.to) missing[node]!++;

  const sorted = new Int32Array(g.nodes);
  let tail = 0;
  for (let node = 0; node < g.nodes; node++) {
    if (missing[node] === 0) sorted[tail++] = node;
  }
  for (let head = 0; head < tail; head++) {
    const node = sorted[head]!;
    for (let slot = g.first[node]!; slot < g.first[node + 1]!; slot++) {
      const target = g.to[g.order[slot]!]!;
      if (--missing[target]! === 0) sorted[tail++] = target;
    }
  }
  return tail === g.nodes ? sorted : undefined;
}
