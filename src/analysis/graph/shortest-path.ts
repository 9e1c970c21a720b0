import { type Graph, requireNode } from './graph.ts';

/**
 * The shortest walk of at least one arc from a node to any node that satisfies `to`, as arcs; of several, the first in
 * document order. Since a walk never has length 0, `to` may ask for `from` itself: that is the shortest cycle through it.
 * Only arcs that are `allowed` are followed. Breadth first, linear in nodes and arcs.
 */
export function shortestPath(
  g: Graph,
  from: number,
  to: (node: number) => boolean,
  allowed?: (arc: number) => boolean,
): number[] | undefined {
  return pathfinder(g)({ from, to, allowed: allowed ?? (() => true), limit: Number.POSITIVE_INFINITY });
}

/** What to look for, in the words of `shortestPath`. */
export interface Search {
  readonly from: number;
  readonly to: (node: number) => boolean;
  readonly allowed: (arc: number) => boolean;
  /** The greatest length that is of interest, in arcs. */
  readonly limit: number;
}

/** `shortestPath` for many searches in one graph: after the first, a search costs only what it explores. */
export function pathfinder(g: Graph): (search: Search) => number[] | undefined {
  const seen: Seen = {
    arrivedBy: new Int32Array(g.nodes).fill(NONE),
    distance: new Int32Array(g.nodes),
    queue: new Int32Array(g.nodes),
    tail: 0,
  };
  return (search) => {
    requireNode(g.nodes, search.from);
    const last = explore(g, search, seen);
    const path = last === NONE ? undefined : trace(g, search.from, last, seen.arrivedBy);
    for (const node of seen.queue.subarray(0, seen.tail)) seen.arrivedBy[node] = NONE;
    return path;
  };
}

const NONE = -1;

interface Seen {
  /** By node: the arc over which it was first arrived at. */
  readonly arrivedBy: Int32Array;
  /** By node: the arcs between the start and it. */
  readonly distance: Int32Array;
  /** The start, and every node that was arrived at from it. */
  readonly queue: Int32Array;
  tail: number;
}

/** The last arc of the walk that was looked for. */
function explore(g: Graph, search: Search, seen: Seen): number {
  const { distance, queue } = seen;
  distance[search.from] = 0;
  queue[0] = search.from;
  seen.tail = 1;
  for (let head = 0; head < seen.tail && distance[queue[head]!]! < search.limit; head++) {
    const arc = expand(g, search, seen, queue[head]!);
    if (arc !== NONE) return arc;
  }
  return NONE;
}

function expand(g: Graph, search: Search, seen: Seen, node: number): number {
  for (let slot = g.first[node]!; slot < g.first[node + 1]!; slot++) {
    const arc = g.order[slot]!;
    const target = g.to[arc]!;
    if (seen.arrivedBy[target] !== NONE || !search.allowed(arc)) continue;
    if (search.to(target)) return arc;
    // The start may be asked for, so it is never marked; nor is it queued again.
    if (target === search.from) continue;
    seen.arrivedBy[target] = arc;
    seen.distance[target] = seen.distance[node]! + 1;
    seen.queue[seen.tail++] = target;
  }
  return NONE;
}

function trace(g: Graph, start: number, last: number, arrivedBy: Int32Array): number[] {
  const path = [last];
  for (let node = g.from[last]!; node !== start; node = g.from[arrivedBy[node]!]!) path.push(arrivedBy[node]!);
  return path.reverse();
}
