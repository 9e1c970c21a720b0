import { xml } from '../xml.ts';
import { fitted } from './boxes.ts';
import type { Layout, Line } from './placed.ts';
import { type GraphNode, RELATIONS, type TeamGraph } from './team-graph.ts';

/** What is written on a node besides its title: attributes of its element, and marks in its corner. */
export interface NodeMarks {
  attributes(node: GraphNode, position: number): string;
  badge(node: GraphNode, position: number): { readonly severity: string; readonly count: number } | undefined;
}

/** A graph as the inside of an SVG: groups, lines, titles of groups, nodes, in this order, so that no line goes through a text. */
export function drawing(graph: TeamGraph, layout: Layout, marks?: NodeMarks): string {
  return [
    `<defs>${RELATIONS.map(tipOf).join('')}</defs>`,
    ...layout.groups.map(
      ({ x, y, width, height }) =>
        `<g class="group"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/></g>`,
    ),
    `<g class="lines">${layout.lines.map(lineText).join('')}</g>`,
    ...layout.groups.map(
      ({ title, x, y }) => `<g class="group"><text x="${x + 12}" y="${y + 14}">${xml(fitted(title))}</text></g>`,
    ),
    `<g class="nodes">${graph.nodes.map((node, position) => nodeText(node, position, layout, marks)).join('\n')}</g>`,
  ].join('\n');
}

function tipOf(type: string): string {
  const shape = type === 'collaborates-with' ? '<circle cx="7" cy="4" r="2.5"' : '<path d="M0 0L8 4L0 8z"';
  const at = type === 'collaborates-with' ? 7 : 8;
  return `<marker id="tip-${type}" viewBox="0 0 10 8" refX="${at}" refY="4" markerWidth="9" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">${shape} class="tip ${type}"/></marker>`;
}

function lineText({ path, arcs }: Line): string {
  const { type } = arcs[0]!;
  const both = type === 'collaborates-with' ? ` marker-start="url(#tip-${type})"` : '';
  const ends = arcs.map(({ from, to }) => `${from}-${to}`).join(' ');
  return `<path class="line ${type}" data-arcs="${ends}" d="${path}"${both} marker-end="url(#tip-${type})"/>`;
}

function nodeText(node: GraphNode, position: number, { boxes }: Layout, marks: NodeMarks | undefined): string {
  const { x, y, width, height, small } = boxes[position]!;
  const middle = round(x + width / 2);
  const two = node.level !== undefined && !small;
  const title = `<text x="${middle}" y="${round(y + (two ? 15 : height / 2))}">${xml(fitted(node.title))}</text>`;
  const sub = two ? `<text class="sub" x="${middle}" y="${round(y + 30)}">${xml(fitted(node.level ?? ''))}</text>` : '';
  const badge = marks?.badge(node, position);
  const mark = badge
    ? `<g class="badge ${badge.severity}"><circle cx="${round(x + width - 2)}" cy="${round(y + 2)}" r="7"/><text x="${round(x + width - 2)}" y="${round(y + 2.5)}">${badge.count > 99 ? '∞' : badge.count}</text></g>`
    : '';
  const full = node.title === node.id ? node.title : `${node.title} (${node.id})`;
  const corner = node.kind === 'person' ? height / 2 : 6;
  const attributes = marks ? ` ${marks.attributes(node, position)}` : '';
  return `<g class="node ${node.kind}${node.entry ? ' entry' : ''}"${attributes}><title>${xml(full)}</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${corner}"/>${title}${sub}${mark}</g>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
