import { type Graph, requireNode } from './graph.ts';

/** Marks with 1 every node that a walk from one of the given nodes can arrive at; the given nodes themselves count. */
export function reachable(g: Graph, from: Iterable<number>): Uint8Array {
  const reached = new Uint8Array(g.nodes);
  const queue = new Int32Array(g.nodes);
  let tail = 0;

  function reach(node: number): void {
    if (reached[node]) return;
    reached[node] = 1;
    queue[tail++] = node;
  }

  for (const node of from) reach(requireNode(g.nodes, node));
  for (let head = 0; head < tail; head++) {
    const node = queue[head]!;
    for (let slot = g.first[node]!; slot < g.first[node + 1]!; slot++) reach(g.to[g.order[slot]!]!);
  }
  return reached;
}
