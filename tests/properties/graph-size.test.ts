import { describe, expect, test } from 'vitest';
import { components } from '../../src/analysis/graph/components.ts';
import { dominated } from '../../src/analysis/graph/dominated.ts';
import { dominators } from '../../src/analysis/graph/dominators.ts';
import { graph, reverse } from '../../src/analysis/graph/graph.ts';
import { reachable } from '../../src/analysis/graph/reachable.ts';
import { shortestCycles } from '../../src/analysis/graph/shortest-cycles.ts';
import { shortestPath } from '../../src/analysis/graph/shortest-path.ts';
import { topological } from '../../src/analysis/graph/topological.ts';

// What is linear takes a fraction of a second here; what is quadratic takes half a minute or more.
describe('Size', { timeout: 5_000 }, () => {
  test('a chain of 100 000 nodes is walked from end to end', () => {
    const n = 100_000;
    const g = graph(n, chain(n));
    expect(reachable(g, [0])).toEqual(new Uint8Array(n).fill(1));
    expect(components(g)).toEqual(Int32Array.from(range(n), (node) => n - 1 - node));
    expect(shortestPath(g, 0, (node) => node === n - 1)).toEqual(range(n - 1));
    expect(shortestCycles(g)).toEqual([]);
    expect(dominators(g, 0)).toEqual(Int32Array.from(range(n), (node) => node - 1));
    expect(dominated(dominators(g, 0))).toEqual(Int32Array.from(range(n), (node) => n - 1 - node));
    expect(topological(g)).toEqual(Int32Array.from(range(n)));
  });

  test('a ring of 50 000 nodes is one component and its own shortest cycle', () => {
    const n = 50_000;
    const g = graph(n, ring(n));
    expect(reachable(reverse(g), [7])).toEqual(new Uint8Array(n).fill(1));
    expect(components(g)).toEqual(new Int32Array(n));
    expect(shortestPath(g, 7, (node) => node === 7)).toEqual(range(n).map((arc) => (arc + 7) % n));
    expect(shortestCycles(g)).toEqual([range(n)]);
    expect(dominators(g, 0)).toEqual(Int32Array.from(range(n), (node) => node - 1));
    expect(topological(g)).toBeUndefined();
  });

  test('a ring of 50 000 nodes with a short cut over each is not searched from each', () => {
    const n = 50_000;
    const shortCuts = range(n).map((node): Arc => [node, (node + 2) % n]);
    const cycle = range(n / 2).map((step) => n + 2 * step);
    expect(shortestCycles(graph(n, [...ring(n), ...shortCuts]))).toEqual([cycle]);
  });

  test('50 000 pairs that call each other have 50 000 cycles', () => {
    const n = 100_000;
    const pairs = range(n).map((node): Arc => [node, node ^ 1]);
    expect(shortestCycles(graph(n, pairs))).toEqual(range(n / 2).map((pair) => [2 * pair, 2 * pair + 1]));
  });

  test('a chain of 100 000 nodes that a ring feeds is not searched again once its way back is gone', () => {
    const n = 100_000;
    const toZero = range(n).map((node): Arc => [node + 1, node === n - 1 ? 0 : node + 2]);
    const around = ring(n).map(([from, to]): Arc => [n + 1 + from, n + 1 + to]);
    const feeding = range(n).map((node): Arc => [n + 1 + node, node + 1]);
    const g = graph(2 * n + 1, [...toZero, ...around, ...feeding, [0, n + 1]]);
    expect(shortestCycles(g)).toEqual([range(n).map((arc) => n + arc)]);
  });

  test('dominators stay fast where every node of a chain of 100 000 calls back to its head', () => {
    const n = 100_000;
    const back = range(n - 2).map((node): Arc => [node + 2, 1]);
    expect(dominators(graph(n, [...chain(n), ...back]), 0)).toEqual(Int32Array.from(range(n), (node) => node - 1));
  });

  test('dominators stay fast where one head calls 100 000 nodes', () => {
    const n = 100_000;
    const calls = range(n).map((node): Arc => [0, node + 1]);
    const idom = dominators(graph(n + 1, calls), 0);
    expect(idom).toEqual(new Int32Array(n + 1).fill(-1, 0, 1));
    expect(dominated(idom)).toEqual(new Int32Array(n + 1).fill(n, 0, 1));
  });
});

type Arc = readonly [from: number, to: number];

function chain(nodes: number): Arc[] {
  return range(nodes - 1).map((node) => [node, node + 1]);
}

function ring(nodes: number): Arc[] {
  return range(nodes).map((node) => [node, (node + 1) % nodes]);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
