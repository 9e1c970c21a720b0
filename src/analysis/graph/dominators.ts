import { depthFirst, type SpanningTree } from './depth-first.ts';
import { type Graph, reverse } from './graph.ts';

/**
 * The immediate dominator of each node: the last node that every walk from the root to it has to pass. -1 for the root
 * and for nodes that it doesn't reach. O(arcs · log nodes), whatever the shape of the graph.
 *
 * T. Lengauer and R. E. Tarjan, "A Fast Algorithm for Finding Dominators in a Flowgraph", ACM Transactions on
 * Programming Languages and Systems 1 (1979), the version with simple path compression.
 */
export function dominators(g: Graph, root: number): Int32Array {
  const tree = depthFirst(g, root);
  const byNumber = immediate(reverse(g), tree);
  const idom = new Int32Array(g.nodes).fill(-1);
  for (let w = 1; w < tree.size; w++) idom[tree.node[w]!] = tree.node[byNumber[w]!]!;
  return idom;
}

// From here on nodes go by their numbers in preorder, under the letters of the paper.

/** The nodes walked so far, each linked to its parent, with paths compressed as they are asked for. */
interface Forest {
  /** By number: its semidominator. */
  readonly semi: Int32Array;
  /** By number: an ancestor in the forest, -1 for the root of a tree. */
  readonly ancestor: Int32Array;
  /** By number: the node with the least semidominator on the path that was compressed into it. */
  readonly label: Int32Array;
  /** Room for the path that is being compressed. */
  readonly path: Int32Array;
}

function immediate(arriving: Graph, tree: SpanningTree): Int32Array {
  const { size, parent } = tree;
  const forest = plant(size);
  const { semi, ancestor } = forest;
  const idom = new Int32Array(size);
  // The nodes that share a semidominator wait for it in a linked list.
  const waiting = new Int32Array(size).fill(-1);
  const nextWaiting = new Int32Array(size);

  for (let w = size - 1; w > 0; w--) {
    const p = parent[w]!;
    const s = semidominator(arriving, tree, forest, w);
    semi[w] = s;
    nextWaiting[w] = waiting[s]!;
    waiting[s] = w;
    ancestor[w] = p;
    for (let v = waiting[p]!; v !== -1; v = nextWaiting[v]!) {
      const u = evaluate(forest, v);
      idom[v] = semi[u]! < semi[v]! ? u : p;
    }
    waiting[p] = -1;
  }
  for (let w = 1; w < size; w++) {
    if (idom[w] !== semi[w]) idom[w] = idom[idom[w]!]!;
  }
  return idom;
}

function plant(size: number): Forest {
  const semi = Int32Array.from({ length: size }, (_, w) => w);
  return { semi, ancestor: new Int32Array(size).fill(-1), label: semi.slice(), path: new Int32Array(size) };
}

function semidominator(arriving: Graph, tree: SpanningTree, forest: Forest, w: number): number {
  const node = tree.node[w]!;
  let least = w;
  for (let slot = arriving.first[node]!; slot < arriving.first[node + 1]!; slot++) {
    const v = tree.number[arriving.to[arriving.order[slot]!]!]!;
    if (v !== -1) least = Math.min(least, forest.semi[evaluate(forest, v)]!);
  }
  return least;
}

/** The node with the least semidominator between v and the root of its tree, the root left out. */
function evaluate(forest: Forest, v: number): number {
  const { semi, ancestor, label, path } = forest;
  if (ancestor[v] === -1) return v;
  let length = 0;
  for (let u = v; ancestor[ancestor[u]!] !== -1; u = ancestor[u]!) path[length++] = u;
  while (length > 0) {
    const u = path[--length]!;
    const above = ancestor[u]!;
    if (semi[label[above]!]! < semi[label[u]!]!) label[u] = label[above]!;
    ancestor[u] = ancestor[above]!;
  }
  return label[v]!;
}
