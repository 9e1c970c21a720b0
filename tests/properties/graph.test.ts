import fc from 'fast-check';
import { MultiDirectedGraph } from 'graphology';
import { stronglyConnectedComponents } from 'graphology-components';
import { describe, expect, test } from 'vitest';
import { components } from '../../src/analysis/graph/components.ts';
import { dominated } from '../../src/analysis/graph/dominated.ts';
import { dominators } from '../../src/analysis/graph/dominators.ts';
import { type Graph, graph, reverse } from '../../src/analysis/graph/graph.ts';
import { AT_TARGET, NOWHERE, nearest } from '../../src/analysis/graph/nearest.ts';
import { reachable } from '../../src/analysis/graph/reachable.ts';
import { shortestCycles } from '../../src/analysis/graph/shortest-cycles.ts';
import { pathfinder, shortestPath } from '../../src/analysis/graph/shortest-path.ts';
import { topological } from '../../src/analysis/graph/topological.ts';

fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: 500 });

describe('Rows', () => {
  test('the arcs that leave a node are in its row, in document order', () => {
    fc.assert(
      fc.property(small, ({ nodes, arcs }) => {
        const g = graph(nodes, arcs);
        const leaving = range(nodes).map((node) => range(arcs.length).filter((arc) => arcs[arc]![0] === node));
        expect(range(nodes).map((node) => [...g.order.slice(g.first[node], g.first[node + 1])])).toEqual(leaving);
        expect(arcsOf(g)).toEqual(arcs);
      }),
    );
  });

  test('a reversed graph turns every arc round under its old number, and twice is not at all', () => {
    fc.assert(
      fc.property(small, ({ nodes, arcs }) => {
        const g = graph(nodes, arcs);
        expect(arcsOf(reverse(g))).toEqual(arcs.map(([from, to]) => [to, from]));
        expect(reverse(reverse(g))).toEqual(g);
      }),
    );
  });

  test('a node that does not exist is refused wherever it is named', () => {
    const g = graph(2, [[0, 1]]);
    expect(() => graph(2, [[0, 2]])).toThrow(
      new RangeError('The graph has 2 nodes, numbered from 0; there is no node 2'),
    );
    for (const missing of [-1, 2, 0.5, Number.NaN]) {
      expect(() => graph(2, [[missing, 0]])).toThrow(RangeError);
      expect(() => reachable(g, [missing])).toThrow(RangeError);
      expect(() => shortestPath(g, missing, () => true)).toThrow(RangeError);
      expect(() => dominators(g, missing)).toThrow(RangeError);
    }
  });
});

describe('Reachability', () => {
  test('what some nodes reach is what Floyd and Warshall say, and the nodes themselves', () => {
    fc.assert(
      fc.property(small, some, ({ nodes, arcs }, chosen) => {
        const walks = closure(nodes, arcs);
        const starts = chosen.filter((node) => node < nodes);
        const expected = range(nodes).map((node) => Number(starts.some((from) => from === node || walks[from]![node])));
        expect([...reachable(graph(nodes, arcs), starts)]).toEqual(expected);
      }),
    );
  });
});

describe('Components', () => {
  test('two nodes share a component when each reaches the other', () => {
    fc.assert(
      fc.property(small, ({ nodes, arcs }) => {
        const walks = closure(nodes, arcs);
        const component = components(graph(nodes, arcs));
        for (const a of range(nodes)) {
          const together = range(nodes).filter((b) => a === b || (walks[a]![b] && walks[b]![a]));
          expect(range(nodes).filter((b) => component[a] === component[b])).toEqual(together);
        }
      }),
    );
  });

  test('components are numbered without gaps, and arcs between them go from higher to lower', () => {
    fc.assert(
      fc.property(large, ({ nodes, arcs }) => {
        const component = components(graph(nodes, arcs));
        const numbers = [...new Set(component)].sort((a, b) => a - b);
        expect(numbers).toEqual(range(numbers.length));
        expect(arcs.filter(([from, to]) => component[from]! < component[to]!)).toEqual([]);
      }),
    );
  });

  test('graphology finds the same components in larger graphs', () => {
    fc.assert(
      fc.property(large, ({ nodes, arcs }) => {
        const oracle = new MultiDirectedGraph();
        for (const node of range(nodes)) oracle.addNode(node);
        for (const [from, to] of arcs) oracle.addEdge(from, to);
        const expected = stronglyConnectedComponents(oracle).map((names) => names.map(Number));
        expect(groups(components(graph(nodes, arcs)))).toEqual(inOrder(expected));
      }),
    );
  });
});

describe('Shortest paths', () => {
  test('a shortest path is the first in document order of the shortest walks that are allowed', () => {
    fc.assert(
      fc.property(small, some, some, fc.nat(), ({ nodes, arcs }, targets, barred, seed) => {
        fc.pre(nodes > 0);
        const from = seed % nodes;
        const to = (node: number) => targets.includes(node);
        const allowed = (arc: number) => !barred.includes(arc);
        const expected = firstShortestWalk(nodes, arcs, from, to, allowed);
        expect(shortestPath(graph(nodes, arcs), from, to, allowed)).toEqual(expected);
      }),
    );
  });

  test('a path from a node to itself is a cycle, never the empty path', () => {
    expect(shortestPath(graph(1, []), 0, () => true)).toBeUndefined();
    expect(shortestPath(graph(1, [[0, 0]]), 0, () => true)).toEqual([0]);
    expect(
      shortestPath(
        graph(2, [
          [1, 0],
          [0, 1],
        ]),
        0,
        (node) => node === 0,
      ),
    ).toEqual([1, 0]);
  });

  test('one search leaves no trace in the next, and none goes beyond its limit', () => {
    fc.assert(
      fc.property(small, some, fc.array(fc.nat({ max: 4 })), ({ nodes, arcs }, targets, limits) => {
        const g = graph(nodes, arcs);
        const find = pathfinder(g);
        const to = (node: number) => targets.includes(node);
        for (const limit of limits) {
          for (const from of range(nodes)) {
            const path = shortestPath(g, from, to);
            const expected = path && path.length <= limit ? path : undefined;
            expect(find({ from, to, allowed: () => true, limit })).toEqual(expected);
          }
        }
      }),
    );
  });
});

describe('The nearest of some nodes', () => {
  test('is one of a shortest walk away, whose first arc is told', () => {
    fc.assert(
      fc.property(small, some, ({ nodes, arcs }, chosen) => {
        const targets = chosen.filter((node) => node < nodes);
        const g = graph(nodes, arcs);
        const next = nearest(g, reverse(g), [...targets, ...targets]);
        for (const start of range(nodes)) {
          const walk = firstShortestWalk(
            nodes,
            arcs,
            start,
            (node) => targets.includes(node),
            () => true,
          );
          if (targets.includes(start)) expect(next[start]).toBe(AT_TARGET);
          else if (!walk) expect(next[start]).toBe(NOWHERE);
          else expect(walkOver(next, arcs, start)).toBe(walk.length);
        }
      }),
    );
  });

  test('is asked for by nodes that exist', () => {
    const g = graph(2, [[0, 1]]);
    expect(() => nearest(g, reverse(g), [2])).toThrow(RangeError);
  });
});

describe('Shortest cycles', () => {
  test('each component has the first of its shortest cycles, as every cycle written out shows', () => {
    fc.assert(
      fc.property(small, ({ nodes, arcs }) => {
        expect(shortestCycles(graph(nodes, arcs))).toEqual(bestCycles(nodes, arcs));
      }),
    );
  });

  test('two rings that share a node have the shorter one, wherever it starts', () => {
    const long = [0, 1, 2, 3].map((node): Arc => [node, (node + 1) % 4]);
    const short: Arc[] = [
      [3, 4],
      [4, 3],
    ];
    expect(shortestCycles(graph(5, [...long, ...short]))).toEqual([[4, 5]]);
  });

  test('a graph without a cycle has none', () => {
    expect(
      shortestCycles(
        graph(3, [
          [0, 1],
          [0, 2],
          [1, 2],
        ] as Arc[]),
      ),
    ).toEqual([]);
  });
});

describe('Dominators', () => {
  test('a node dominates those that the root no longer reaches without it', () => {
    fc.assert(
      fc.property(small, fc.nat(), ({ nodes, arcs }, seed) => {
        fc.pre(nodes > 0);
        expectDominators(nodes, arcs, seed % nodes);
      }),
    );
  });

  test('the same holds in larger graphs, where paths are long enough to be compressed', () => {
    fc.assert(fc.property(large, fc.nat(), ({ nodes, arcs }, seed) => expectDominators(nodes, arcs, seed % nodes)));
  });

  test('the same holds where one long chain is crossed by a few arcs', () => {
    fc.assert(fc.property(crossedChain, ({ nodes, arcs }) => expectDominators(nodes, arcs, 0)));
  });
});

describe('Topological order', () => {
  test('there is one exactly when no node reaches itself, and then every arc goes forward', () => {
    fc.assert(
      fc.property(fc.oneof(small, acyclic), ({ nodes, arcs }) => {
        const walks = closure(nodes, arcs);
        const sorted = topological(graph(nodes, arcs));
        expect(sorted === undefined).toBe(range(nodes).some((node) => walks[node]![node]));
        if (!sorted) return;
        expect([...sorted].sort((a, b) => a - b)).toEqual(range(nodes));
        const place = range(nodes).map((node) => sorted.indexOf(node));
        expect(arcs.filter(([from, to]) => place[from]! >= place[to]!)).toEqual([]);
      }),
    );
  });

  test('nodes that wait for nothing keep their order', () => {
    expect(topological(graph(4, [[3, 0]]))).toEqual(Int32Array.of(1, 2, 3, 0));
  });
});

type Arc = readonly [from: number, to: number];

interface Drawing {
  readonly nodes: number;
  readonly arcs: readonly Arc[];
}

/** Small enough to write out every walk and every cycle. */
const small = fc.nat({ max: 6 }).chain((nodes) => drawing(nodes, 12));

const large = fc.integer({ min: 1, max: 40 }).chain((nodes) => drawing(nodes, 80));

const crossedChain = large.map(({ nodes, arcs }) => ({ nodes, arcs: [...chain(nodes), ...arcs.slice(0, 12)] }));

const acyclic = large.map(({ nodes, arcs }) => ({ nodes, arcs: arcs.filter(([from, to]) => from > to) }));

/** Some nodes, or some arcs, of a small graph. */
const some = fc.uniqueArray(fc.nat({ max: 11 }));

function drawing(nodes: number, maxLength: number): fc.Arbitrary<Drawing> {
  const node = fc.nat({ max: Math.max(0, nodes - 1) });
  const arcs = fc.array(fc.tuple(node, node), { maxLength: nodes === 0 ? 0 : maxLength });
  return arcs.map((drawn) => ({ nodes, arcs: drawn }));
}

function chain(nodes: number): Arc[] {
  return range(nodes - 1).map((node) => [node, node + 1]);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function arcsOf(g: Graph): Arc[] {
  return range(g.arcs).map((arc) => [g.from[arc]!, g.to[arc]!]);
}

/** The length of the walk that the arcs lead along, from a node to a target. */
function walkOver(next: Int32Array, arcs: readonly Arc[], start: number): number {
  let length = 0;
  for (let node = start; next[node] !== AT_TARGET; node = arcs[next[node]!]![1]) {
    if (arcs[next[node]!]![0] !== node || length > arcs.length) return -1;
    length += 1;
  }
  return length;
}

/** By pairs: whether a walk of at least one arc leads from the one to the other (Floyd and Warshall). */
function closure(nodes: number, arcs: readonly Arc[]): readonly (readonly boolean[])[] {
  const walks = range(nodes).map((a) => range(nodes).map((b) => arcs.some(([from, to]) => from === a && to === b)));
  for (const middle of range(nodes)) {
    for (const a of range(nodes)) {
      for (const b of range(nodes)) walks[a]![b] ||= walks[a]![middle]! && walks[middle]![b]!;
    }
  }
  return walks;
}

function groups(component: Int32Array): number[][] {
  const numbers = [...new Set(component)];
  return inOrder(numbers.map((number) => range(component.length).filter((node) => component[node] === number)));
}

function inOrder(sets: readonly (readonly number[])[]): number[][] {
  return sets.map((set) => [...set].sort((a, b) => a - b)).sort((a, b) => a[0]! - b[0]!);
}

/** Writes out all walks, shorter before longer and each length in document order, until one arrives. */
function firstShortestWalk(
  nodes: number,
  arcs: readonly Arc[],
  start: number,
  to: (node: number) => boolean,
  allowed: (arc: number) => boolean,
): number[] | undefined {
  let walks: number[][] = [[]];
  for (let length = 1; length <= nodes; length++) {
    walks = walks.flatMap((walk) => {
      const end = walk.length === 0 ? start : arcs[walk.at(-1)!]![1];
      const steps = range(arcs.length).filter((arc) => arcs[arc]![0] === end && allowed(arc));
      return steps.map((arc) => [...walk, arc]);
    });
    const found = walks.find((walk) => to(arcs[walk.at(-1)!]![1]));
    if (found) return found;
  }
  return undefined;
}

/** The first of the shortest among all cycles of each component, components by their smallest node. */
function bestCycles(nodes: number, arcs: readonly Arc[]): number[][] {
  const walks = closure(nodes, arcs);
  const cycles = allCycles(nodes, arcs);
  return range(nodes).flatMap((node) => {
    const component = range(nodes).filter((other) => walks[node]![other] && walks[other]![node]);
    if (component[0] !== node) return [];
    const inside = cycles.filter((cycle) => component.includes(arcs[cycle[0]!]![0]));
    const least = Math.min(...inside.map((cycle) => cycle.length));
    return inside.filter((cycle) => cycle.length === least).slice(0, 1);
  });
}

/** Every cycle that visits no node twice, from its smallest node; by that node, then in document order of the arcs. */
function allCycles(nodes: number, arcs: readonly Arc[]): number[][] {
  return range(nodes).flatMap((start) => extend(start, [], [start]));

  function extend(start: number, walk: readonly number[], visited: readonly number[]): number[][] {
    return range(arcs.length).flatMap((arc) => {
      const [from, to] = arcs[arc]!;
      if (from !== visited.at(-1)) return [];
      if (to === start) return [[...walk, arc]];
      if (to < start || visited.includes(to)) return [];
      return extend(start, [...walk, arc], [...visited, to]);
    });
  }
}

function expectDominators(nodes: number, arcs: readonly Arc[], root: number): void {
  const strict = strictDominators(nodes, arcs, root);
  const idom = dominators(graph(nodes, arcs), root);
  // Dominators form a chain; the immediate one is dominated by all the others.
  const nearest = strict.map((set) => set.find((d) => strict[d]!.length === set.length - 1) ?? -1);
  expect([...idom]).toEqual(nearest);
  const counts = range(nodes).map((d) => strict.filter((set) => set.includes(d)).length);
  expect([...dominated(idom)]).toEqual(counts);
}

/** By node: the other nodes without which the root doesn't reach it; none where it doesn't anyway. */
function strictDominators(nodes: number, arcs: readonly Arc[], root: number): number[][] {
  const all = from(root, arcs);
  const without = range(nodes).map((gone) =>
    gone === root
      ? new Set()
      : from(
          root,
          arcs.filter((arc) => !arc.includes(gone)),
        ),
  );
  return range(nodes).map((node) =>
    all.has(node) ? range(nodes).filter((d) => d !== node && !without[d]!.has(node)) : [],
  );
}

function from(root: number, arcs: readonly Arc[]): Set<number> {
  const reached = new Set([root]);
  for (const node of reached) {
    for (const [tail, head] of arcs) if (tail === node) reached.add(head);
  }
  return reached;
}
