import { expect, test } from 'vitest';
import { type Graph, graph } from '../../src/analysis/graph/graph.ts';
import { shortestCycles } from '../../src/analysis/graph/shortest-cycles.ts';

type Arc = readonly [from: number, to: number];

/** The cycles of a graph, and how often an arc was looked up on the way to them. */
function counted(nodes: number, arcs: readonly Arc[]) {
  let looked = 0;
  const g = graph(nodes, arcs);
  const order = new Proxy(g.order, {
    get(row, slot) {
      if (typeof slot === 'string') looked++;
      return Reflect.get(row, slot);
    },
  });
  const cycles = shortestCycles({ ...g, order } satisfies Graph);
  return { cycles, looked };
}

function chain(from: number, to: number): Arc[] {
  return Array.from({ length: to - from }, (_, at): Arc => [from + at, from + at + 1]);
}

const SIZE = 400;

test.each([
  ['one ring', SIZE, [...chain(0, SIZE - 1), [SIZE - 1, 0]], [SIZE]],
  [
    'one ring whose roles all hear from one role and tell another',
    SIZE + 2,
    [
      ...chain(0, SIZE - 1),
      [SIZE - 1, 0],
      ...Array.from({ length: SIZE }, (_, at) => [[SIZE, at] as Arc, [at, SIZE + 1] as Arc]).flat(),
    ],
    [SIZE],
  ],
  [
    'a way out of two roles that comes back to them by their first',
    SIZE + 2,
    [[0, SIZE], [SIZE, SIZE + 1], [SIZE + 1, SIZE], [SIZE + 1, 1], ...chain(1, SIZE - 1), [SIZE - 1, 0]],
    [2],
  ],
  [
    'a way to two roles that begins at the first of it',
    SIZE + 2,
    [[SIZE + 1, 0], ...chain(0, SIZE), [SIZE, SIZE + 1], [SIZE + 1, SIZE]],
    [2],
  ],
  [
    'many pairs who all hand on to a role with many others',
    3 * SIZE + 1,
    [
      ...Array.from({ length: SIZE }, (_, at): Arc[] => [
        [2 * at, 3 * SIZE],
        [2 * at, 2 * at + 1],
        [2 * at + 1, 2 * at],
      ]).flat(),
      ...Array.from({ length: SIZE }, (_, at): Arc => [3 * SIZE, 2 * SIZE + at]),
    ],
    Array.from({ length: SIZE }, () => 2),
  ],
] as readonly (readonly [string, number, Arc[], number[]])[])(
  'each arc is looked up a few times only, in %s',
  (_, nodes, arcs, lengths) => {
    const { cycles, looked } = counted(nodes, arcs);
    expect(cycles.map((cycle) => cycle.length)).toEqual(lengths);
    expect(looked).toBeLessThan(8 * arcs.length);
  },
);
