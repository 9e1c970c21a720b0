import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphMermaid, isDrawnByMermaid } from '../../src/report/graph/graph-mermaid.ts';
import { RELATIONS, teamGraph } from '../../src/report/graph/team-graph.ts';
import { describeInBrowser } from '../browser.ts';
import { loadText } from '../memory.ts';
import { hostileTeam } from './hostile-team.ts';

const all = { relations: RELATIONS, groupBy: 'auto' } as const;
const soak = Number(process.env['TEAMC_SOAK'] ?? 1);

/** What mermaid is in the page. */
interface Mermaid {
  initialize(options: object): void;
  parse(text: string): Promise<unknown>;
  render(id: string, text: string): Promise<{ readonly svg: string }>;
}

test('a team is a flowchart with its departments, its people and each relation in its own way', () => {
  const { team } = loadText(`teamc: 1
name: bakery
people: { owner: {} }
roles:
  head: { name: "Head \\"Chef\\"", description: D., tools: read, department: kitchen, delegates-to: [baker, baker], escalates-to: { person: owner } }
  baker: { description: D., tools: read, department: kitchen, escalates-to: head, reports-to: head, collaborates-with: miller }
`);
  expect(graphMermaid(teamGraph(team, all), 'LR')).toBe(`flowchart LR
  subgraph group0["kitchen"]
    role_head[["Head #34;Chef#34;"]]
    role_baker["baker"]
  end
  person_owner(["owner"]):::person
  unknown_miller["miller"]:::unknown
  role_head --> role_baker
  role_head -. escalates .-> person_owner
  role_baker -. escalates .-> role_head
  role_baker -. reports .-> role_head
  role_baker <-. with .-> unknown_miller
  classDef person stroke-dasharray:2 2
  classDef unknown stroke:#c62828,stroke-dasharray:5 3
  linkStyle 1,2 stroke:#b45309
  linkStyle 3 stroke:#0f766e
  linkStyle 4 stroke:#7c3aed
`);
});

describeInBrowser('Mermaid itself', (open) => {
  test('draws every team, however its names are written, with each name as it is', async () => {
    const { page, troubles } = await open();
    await page.addScriptTag({ path: 'node_modules/mermaid/dist/mermaid.min.js' });
    const draw = (text: string): Promise<{ readonly labels: readonly string[]; readonly edges: number }> =>
      page.evaluate(async (given) => {
        const { mermaid } = globalThis as unknown as { mermaid: Mermaid };
        mermaid.initialize({ startOnLoad: false });
        await mermaid.parse(given);
        const { svg } = await mermaid.render('drawn', given);
        const { document } = globalThis as unknown as { document: { createElement(name: string): PageElement } };
        interface PageElement {
          innerHTML: string;
          readonly textContent: string;
          querySelectorAll(selector: string): Iterable<PageElement>;
        }
        const holder = document.createElement('div');
        holder.innerHTML = svg;
        return {
          labels: [...holder.querySelectorAll('.node .nodeLabel')].map(({ textContent }) => textContent.trim()),
          edges: [...holder.querySelectorAll('.edgePaths path[id*="L_"]')].length,
        };
      }, text);
    await fc.assert(
      fc.asyncProperty(hostileTeam, async (file) => {
        const whole = teamGraph(loadText(file).team, all);
        await draw(graphMermaid(whole));
        // A ring on one node is drawn as several lines.
        const graph = { ...whole, arcs: whole.arcs.filter(({ from, to }) => from !== to) };
        const text = graphMermaid(graph);
        expect(isDrawnByMermaid(graph, text)).toBe(true);
        const { labels, edges } = await draw(text);
        const plain = (title: string): string => title.replace(/\s+/g, ' ').trim();
        expect(labels.map(plain).sort()).toEqual(graph.nodes.map(({ title }) => plain(title)).sort());
        expect(edges).toBe(graph.arcs.length);
      }),
      { numRuns: 15 * soak },
    );
    expect(troubles).toEqual([]);
  });
});
