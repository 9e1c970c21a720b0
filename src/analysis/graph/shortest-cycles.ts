import { components } from './components.ts';
import { type Graph, reverse } from './graph.ts';
import { pathfinder } from './shortest-path.ts';

/**
 * One shortest cycle, as arcs, for each strongly connected component that has any; a self-loop is a cycle of one arc.
 * A cycle starts at its smallest node; of several that are equally short, the first in document order is taken.
 * The cycles come in the order of their components' smallest nodes.
 *
 * Each node in turn is asked for a cycle shorter than the best so far. Then it is taken out, and with it all nodes
 * that are left on no cycle because nothing arrives or nothing leaves. A ring is thus done after one search; in the
 * worst case there is one search, linear in the component, for each node.
 */
export function shortestCycles(g: Graph): readonly (readonly number[])[] {
  const component = components(g);
  const rest = remainder(g, component);
  const find = pathfinder(g);
  const best = new Map<number, readonly number[]>();

  for (let node = 0; node < g.nodes; node++) {
    if (!rest.holds(node)) continue;
    const known = best.get(component[node]!);
    const cycle = find({
      from: node,
      to: (target) => target === node,
      allowed: (arc) => component[g.to[arc]!] === component[node] && rest.holds(g.to[arc]!),
      limit: known ? known.length - 1 : g.nodes,
    });
    // All smaller nodes are gone by now, so the cycle starts at its smallest.
    if (cycle) best.set(component[node]!, cycle);
    rest.remove(node);
  }
  return [...best.values()];
}

/** What is left of the components after some nodes were taken out. */
interface Remainder {
  holds(node: number): boolean;
  remove(node: number): void;
}

function remainder(g: Graph, component: Int32Array): Remainder {
  const removed = new Uint8Array(g.nodes);
  const ways = [g, reverse(g)].map((way) => ({ way, arriving: arrivals(way, component) }));
  const doomed: number[] = [];

  function doom(node: number): void {
    if (removed[node]) return;
    removed[node] = 1;
    doomed.push(node);
  }

  function release(way: Graph, arriving: Int32Array, node: number): void {
    for (let slot = way.first[node]!; slot < way.first[node + 1]!; slot++) {
      const target = way.to[way.order[slot]!]!;
      if (component[target] === component[node] && --arriving[target]! === 0) doom(target);
    }
  }

  return {
    holds: (node) => removed[node] === 0,
    remove(node) {
      doom(node);
      for (let next = doomed.pop(); next !== undefined; next = doomed.pop()) {
        for (const { way, arriving } of ways) release(way, arriving, next);
      }
    },
  };
}

/** By node: how many arcs arrive from its own component. */
function arrivals(g: Graph, component: Int32Array): Int32Array {
  const arriving = new Int32Array(g.nodes);
  for (let arc = 0; arc < g.arcs; arc++) {
    if (component[g.from[arc]!] === component[g.to[arc]!]) arriving[g.to[arc]!]!++;
  }
  return arriving;
}
