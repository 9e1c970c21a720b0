import { type Graph, requireNode } from './graph.ts';

/** A depth-first spanning tree of what a root reaches. A node's number is its place in preorder; the root's is 0. */
export interface SpanningTree {
  /** How many nodes the root reaches, itself included. */
  readonly size: number;
  /** By number: the node. Only the first `size` entries count. */
  readonly node: Int32Array;
  /** By node: its number, or -1 where the root doesn't reach it. */
  readonly number: Int32Array;
  /** By number: the number of its parent in the tree; -1 for the root. */
  readonly parent: Int32Array;
}

/** Walks the graph depth first from a root, arcs in document order. */
export function depthFirst(g: Graph, root: number): SpanningTree {
  const node = new Int32Array(g.nodes);
  const number = new Int32Array(g.nodes).fill(-1);
  const parent = new Int32Array(g.nodes).fill(-1);
  const next = g.first.slice();
  let size = 0;
  let at = enter(requireNode(g.nodes, root), -1);

  function enter(entered: number, from: number): number {
    node[size] = entered;
    number[entered] = size;
    parent[size] = from;
    return size++;
  }

  while (at !== -1) {
    const here = node[at]!;
    if (next[here] === g.first[here + 1]) {
      at = parent[at]!;
      continue;
    }
    const target = g.to[g.order[next[here]!++]!]!;
    if (number[target] === -1) at = enter(target, at);
  }
  return { size, node, number, parent };
}
