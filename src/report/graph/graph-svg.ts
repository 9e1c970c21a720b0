import { count } from '../summary.ts';
import { xml } from '../xml.ts';
import { drawing } from './drawing.ts';
import { layoutOf } from './layout.ts';
import { drawingStyle, SHAPES } from './palette.ts';
import { type Direction, RELATIONS, type TeamGraph } from './team-graph.ts';

/** The room that the legend takes below a picture, and each of its entries. */
const LEGEND = 34;
const ENTRY = 130;

/** A team as a picture of its own, with a legend, that follows the reader's light or dark setting. */
export async function graphSvg(graph: TeamGraph, direction?: Direction): Promise<string> {
  const layout = await layoutOf(graph, direction);
  const used = RELATIONS.filter((type) => graph.arcs.some((arc) => arc.type === type));
  const width = Math.max(layout.width, used.length * ENTRY + 32);
  const height = layout.height + (used.length > 0 ? LEGEND : 0);
  const name = xml(graph.team.name);
  const legend = used.map((type, index) => {
    const [x, y] = [16 + index * ENTRY, layout.height + 10];
    return `<path class="line ${type}" d="M${x} ${y}H${x + 30}" marker-end="url(#tip-${type})"/><text x="${x + 36}" y="${y}">${type}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">${name}: ${summaryOf(graph)}</title>
<style>${SHAPES}${drawingStyle()}</style>
<rect class="paper" width="${width}" height="${height}"/>
${drawing(graph, layout)}
<g class="legend">${legend.join('')}</g>
</svg>
`;
}

/** What a graph holds, in a few words. */
export function summaryOf({ nodes, arcs }: TeamGraph): string {
  const roles = nodes.filter(({ kind }) => kind === 'role').length;
  return `${count(roles, 'role')}, ${count(arcs.length, 'relation')}`;
}
