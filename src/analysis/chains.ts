import type { Graph } from './graph/graph.ts';

/** For each node, how long a chain of arcs leads to it from a start, and the arc that it ends with. */
export interface Chains {
  /** Arcs on the chain; 0 for a start that no other leads to, -1 where no chain leads. */
  readonly length: Int32Array;
  /** The last arc of the chain, -1 at its beginning. */
  readonly last: Int32Array;
}

/**
 * The longest chains from some nodes on which no arc leads back: of a graph without rings, the longest there are. Around
 * rings, where the longest is hard to find, they are chains that exist. Linear in nodes and arcs.
 */
export function chains(g: Graph, starts: readonly number[]): Chains {
  const order = finished(g, starts).reverse();
  const position = new Int32Array(g.nodes).fill(-1);
  for (const [at, node] of order.entries()) position[node] = at;
  const length = new Int32Array(g.nodes).fill(-1);
  const last = new Int32Array(g.nodes).fill(-1);
  for (const start of starts) length[start] = 0;
  for (const node of order) {
    for (let slot = g.first[node]!; slot < g.first[node + 1]!; slot++) {
      const arc = g.order[slot]!;
      const to = g.to[arc]!;
      if (position[to]! <= position[node]! || length[to]! > length[node]!) continue;
      length[to] = length[node]! + 1;
      last[to] = arc;
    }
  }
  return { length, last };
}

/** The arcs of the chain to a node, the first one first. */
export function chainTo(g: Graph, { last }: Chains, node: number): readonly number[] {
  const arcs: number[] = [];
  for (let arc = last[node]!; arc !== -1; arc = last[g.from[arc]!]!) arcs.push(arc);
  return arcs.reverse();
}

/** The nodes that can be reached, in the order in which a depth-first walk leaves them. */
function finished(g: Graph, starts: readonly number[]): number[] {
  const next = new Int32Array(g.nodes).fill(-1);
  const done: number[] = [];
  for (const start of starts) {
    if (next[start] !== -1) continue;
    next[start] = g.first[start]!;
    for (const path = [start]; path.length > 0; ) {
      const node = path.at(-1)!;
      const slot = next[node]!++;
      if (slot >= g.first[node + 1]!) {
        done.push(node);
        path.pop();
        continue;
      }
      const to = g.to[g.order[slot]!]!;
      if (next[to] !== -1) continue;
      next[to] = g.first[to]!;
      path.push(to);
    }
  }
  return done;
}
