import { Graphviz } from '@hpcc-js/wasm-graphviz';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphDot } from '../../src/report/graph/graph-dot.ts';
import { RELATIONS, teamGraph } from '../../src/report/graph/team-graph.ts';
import { loadText } from '../memory.ts';
import { hostileTeam } from './hostile-team.ts';

const all = { relations: RELATIONS, groupBy: 'auto' } as const;
const soak = Number(process.env['TEAMC_SOAK'] ?? 1);

interface Read {
  readonly objects?: readonly { readonly name: string; readonly label: string; readonly nodes?: readonly number[] }[];
  readonly edges?: readonly { readonly tail: number; readonly head: number }[];
}

test('a team is written for Graphviz with the ids of its roles as names', () => {
  const { team } = loadText(`teamc: 1
name: bakery
people: { owner: {} }
roles:
  shop/head: { name: Head & Chef, description: D., tools: read, delegates-to: { role: baker, approval: owner }, escalates-to: { person: owner } }
  baker: { description: D., tools: read, collaborates-with: shop/head }
`);
  expect(graphDot(teamGraph(team, all))).toBe(`digraph "bakery" {
  rankdir=TB;
  node [shape=box, style=rounded, fontname="Helvetica"];
  edge [arrowsize=0.7];
  subgraph cluster_0 {
    label="shop";
    "shop/head" [label="Head &amp; Chef", peripheries=2];
  }
  "baker" [label="baker"];
  "person:owner" [label="owner", shape=ellipse, style=dashed];
  "shop/head" -> "baker" [label="once approved", fontsize=10];
  "shop/head" -> "person:owner" [color="#b45309", style=dashed, constraint=false];
  "baker" -> "shop/head" [color="#7c3aed", style=dashed, dir=both, constraint=false];
}
`);
});

test('Graphviz itself reads every team, however its names are written, node by node and edge by edge', async () => {
  const graphviz = await Graphviz.load();
  fc.assert(
    fc.property(hostileTeam, (file) => {
      const graph = teamGraph(loadText(file).team, all);
      const read = JSON.parse(graphviz.layout(graphDot(graph), 'dot_json', 'nop')) as Read;
      const objects = read.objects ?? [];
      const nodes = objects.filter(({ name }) => !/^cluster_\d/.test(name));
      const key = ({ kind, id }: (typeof graph.nodes)[number]): string => (kind === 'role' ? id : `${kind}:${id}`);
      expect(nodes.length).toBe(graph.nodes.length);
      const roles = graph.nodes.filter(({ kind }) => kind === 'role').map(key);
      expect(nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(roles));
      const drawn = (read.edges ?? []).map(({ tail, head }) => [objects[tail]!.name, objects[head]!.name]);
      expect(drawn.length).toBe(graph.arcs.length);
      const among = (names: readonly string[][]): readonly string[] =>
        names
          .filter((pair) => pair.every((name) => roles.includes(name)))
          .map((pair) => pair.join(' '))
          .sort();
      expect(among(drawn)).toEqual(
        among(graph.arcs.map(({ from, to }) => [key(graph.nodes[from]!), key(graph.nodes[to]!)])),
      );
    }),
    { numRuns: 100 * soak },
  );
});
