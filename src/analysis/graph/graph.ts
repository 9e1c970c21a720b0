/**
 * A directed graph as compressed sparse rows. Nodes are 0 to `nodes - 1`; arcs are numbered as they were given,
 * so that an arc leads back to the relation it came from. Self-loops and parallel arcs are welcome.
 *
 * The arcs that leave node v are `order[first[v]]` up to but not including `order[first[v + 1]]`, lower numbers first.
 */
export interface Graph {
  readonly nodes: number;
  readonly arcs: number;
  /** By arc: the node it leaves. */
  readonly from: Int32Array;
  /** By arc: the node it enters. */
  readonly to: Int32Array;
  /** By node, and one more: where its row begins in `order`. */
  readonly first: Int32Array;
  /** The arcs, gathered into one row for each node. */
  readonly order: Int32Array;
}

/** Builds a graph in one counting sort. Throws a RangeError for an arc to or from a node that does not exist. */
export function graph(nodes: number, arcs: readonly (readonly [from: number, to: number])[]): Graph {
  const tails = new Int32Array(arcs.length);
  const heads = new Int32Array(arcs.length);
  for (const [arc, [from, to]] of arcs.entries()) {
    tails[arc] = requireNode(nodes, from);
    heads[arc] = requireNode(nodes, to);
  }
  return rows(nodes, tails, heads);
}

/** The same graph with every arc turned round. Arcs keep their numbers. */
export function reverse(g: Graph): Graph {
  return rows(g.nodes, g.to, g.from);
}

/** Gives the node back, or throws a RangeError: typed arrays would swallow the -1 of a failed look-up in silence. */
export function requireNode(nodes: number, node: number): number {
  if (Number.isInteger(node) && node >= 0 && node < nodes) return node;
  throw new RangeError(`The graph has ${nodes} nodes, numbered from 0; there is no node ${node}`);
}

function rows(nodes: number, from: Int32Array, to: Int32Array): Graph {
  const first = new Int32Array(nodes + 1);
  for (const node of from) first[node + 1]!++;
  for (let node = 0; node < nodes; node++) first[node + 1]! += first[node]!;

  const free = first.slice();
  const order = new Int32Array(from.length);
  for (const [arc, node] of from.entries()) order[free[node]!++] = arc;
  return { nodes, arcs: from.length, from, to, first, order };
}
