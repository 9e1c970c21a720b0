import fc from 'fast-check';
import { expect, test } from 'vitest';
import { components } from '../../src/analysis/graph/components.ts';
import { dominators } from '../../src/analysis/graph/dominators.ts';
import { graph, reverse } from '../../src/analysis/graph/graph.ts';
import { reachable } from '../../src/analysis/graph/reachable.ts';
import { shortestCycles } from '../../src/analysis/graph/shortest-cycles.ts';
import { shortestPath } from '../../src/analysis/graph/shortest-path.ts';
import { topological } from '../../src/analysis/graph/topological.ts';

test('whatever is looked for in a graph leaves it as it was', () => {
  const node = fc.nat(5);
  fc.assert(
    fc.property(fc.array(fc.tuple(node, node), { maxLength: 12 }), (arcs) => {
      const g = graph(6, arcs);
      for (const look of [components, topological, shortestCycles, reverse]) look(g);
      dominators(g, 0);
      reachable(g, [0]);
      shortestPath(g, 0, () => false);
      expect(g).toEqual(graph(6, arcs));
    }),
  );
});
