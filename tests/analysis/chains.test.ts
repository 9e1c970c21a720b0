import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chains, chainTo } from '../../src/analysis/chains.ts';
import { graph } from '../../src/analysis/graph/graph.ts';

type Arcs = readonly (readonly [from: number, to: number])[];

const anyArcs = fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 14 });
const forward = anyArcs.map((arcs) => arcs.filter(([from, to]) => from < to));

describe('The chains of hand-overs', () => {
  test('without rings they are the longest there are', () => {
    fc.assert(
      fc.property(forward, fc.subarray([0, 1, 2, 3]), (arcs, starts) => {
        const found = chains(graph(7, arcs), starts);
        expect([...found.length]).toEqual([0, 1, 2, 3, 4, 5, 6].map((node) => longest(arcs, starts, node)));
      }),
    );
  });

  test('each is a walk from a start that passes no role twice', () => {
    fc.assert(
      fc.property(anyArcs, fc.subarray([0, 1, 2, 3]), (arcs, starts) => {
        const g = graph(7, arcs);
        const found = chains(g, starts);
        for (let node = 0; node < 7; node++) {
          const nodes = chainTo(g, found, node).map((arc) => arcs[arc]!);
          const passed = [...nodes.map(([from]) => from), node];
          expect(new Set(passed).size).toBe(passed.length);
          expect(nodes.every(([, to], at) => to === passed[at + 1])).toBe(true);
          if (found.length[node] === -1) expect(nodes).toEqual([]);
          else expect(starts).toContain(passed[0]);
          if (found.length[node] !== -1) expect(nodes.length).toBe(found.length[node]);
        }
      }),
    );
  });

  test('a long line of command is no deeper than the stack', () => {
    const arcs = Array.from({ length: 200_000 }, (_, node) => [node, node + 1] as const);
    expect(chains(graph(200_001, arcs), [0]).length.at(-1)).toBe(200_000);
  });
});

function longest(arcs: Arcs, starts: readonly number[], node: number): number {
  const before = arcs.filter(([, to]) => to === node).map(([from]) => longest(arcs, starts, from));
  const behind = Math.max(-1, ...before);
  return behind === -1 ? (starts.includes(node) ? 0 : -1) : behind + 1;
}
