import { GRAPH_SCRIPT, GRAPH_STYLE } from '../generated/graph-page.ts';
import { pageOf } from '../page.ts';
import { xml } from '../xml.ts';
import { drawing, type NodeMarks } from './drawing.ts';
import { summaryOf } from './graph-svg.ts';
import { layoutOf } from './layout.ts';
import type { PageData, PageFinding } from './page-data.ts';
import { type PageFacts, pageData } from './page-facts.ts';
import { colourProperties, drawingStyle, SHAPES } from './palette.ts';
import { type Direction, RELATIONS, type TeamGraph } from './team-graph.ts';

/**
 * A team as one HTML file that works offline: the picture, search, cards of the roles, findings, ways to calls. It asks
 * nothing of any network, and its policy lets no script run but its own.
 */
export async function graphPage(graph: TeamGraph, facts: PageFacts, direction?: Direction): Promise<string> {
  const layout = await layoutOf(graph, direction);
  const data = pageData(graph, facts);
  const style = `${colourProperties()}${SHAPES}${drawingStyle()}${GRAPH_STYLE}`;
  const name = xml(graph.team.name);
  const body = `<header>
<h1>${name}</h1>
<p class="summary">${summaryOf(graph)}${facts.sound ? '' : '; what the roles may do can not be told while the team has errors'}</p>
<div class="tools">
<label class="search">Search<input id="search" type="search" placeholder="a role, a tool, a word" autocomplete="off" aria-keyshortcuts="/"></label>
${findingChoice(data)}${callChoice(data)}
<fieldset id="relations"${graph.arcs.length === 0 ? ' hidden' : ''}><legend>Relations</legend>${relationChoices(graph, data)}</fieldset>
</div>
</header>
<main>
<svg id="picture" role="group" aria-label="${name}: ${summaryOf(graph)}. Arrow keys go from one to the next, Enter opens, Escape closes." data-width="${layout.width}" data-height="${layout.height}">
<g id="world">
${drawing(graph, layout, marksOf(data))}
</g>
</svg>
<div class="zoom"><button type="button" id="nearer" aria-label="Zoom in">+</button><button type="button" id="farther" aria-label="Zoom out">−</button><button type="button" id="fit" aria-label="Show all">⤢</button></div>
</main>
<aside id="panel" aria-label="Roles"></aside>
<p id="said" role="status" aria-live="polite"></p>`;
  return pageOf({ title: graph.team.name, style, body, data, script: GRAPH_SCRIPT });
}

function marksOf({ nodes, findings }: PageData): NodeMarks {
  const counts = new Map<number, { severity: PageFinding['severity']; count: number }>();
  const rank = { error: 0, warning: 1, info: 2 };
  for (const { role, severity } of findings) {
    const known = counts.get(role) ?? { severity, count: 0 };
    counts.set(role, {
      severity: rank[severity] < rank[known.severity] ? severity : known.severity,
      count: known.count + 1,
    });
  }
  return {
    attributes: ({ kind, title, level }, position) => {
      const what = kind === 'role' ? (level ?? 'role') : kind === 'person' ? 'person' : 'unknown name';
      const found = counts.get(position)?.count ?? 0;
      const label = `${title}, ${what}${found > 0 ? `, ${found} ${found === 1 ? 'finding' : 'findings'}` : ''}`;
      return `data-node="${position}" tabindex="-1" role="button" aria-pressed="false" aria-label="${xml(label)}"`;
    },
    badge: (_, position) => (nodes[position]!.kind === 'role' ? counts.get(position) : undefined),
  };
}

function findingChoice({ findings }: PageData): string {
  if (findings.length === 0) return '';
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const options = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return `<label>Findings<select id="finding"><option value="">not marked</option><option value="*">any (${findings.length})</option>${options
    .map(([rule, count]) => `<option value="${xml(rule)}">${xml(rule)} (${count})</option>`)
    .join('')}</select></label>\n`;
}

function callChoice({ calls }: PageData): string {
  if (calls.length === 0) return '';
  const options = calls.map(({ name }, position) => `<option value="${position}">${xml(name)}</option>`);
  return `<label>Who gets to<select id="call"><option value="">any tool</option>${options.join('')}</select></label>\n`;
}

function relationChoices({ arcs }: TeamGraph, { shown }: PageData): string {
  return RELATIONS.filter((type) => arcs.some((arc) => arc.type === type))
    .map((type) => {
      const count = arcs.filter((arc) => arc.type === type).length;
      const checked = shown.includes(type) ? ' checked' : '';
      return `<label class="${type}"><input type="checkbox" value="${type}"${checked}><svg width="34" height="10" aria-hidden="true"><path class="line ${type}" d="M0 5H32"/></svg>${type} <small>${count}</small></label>`;
    })
    .join('');
}
