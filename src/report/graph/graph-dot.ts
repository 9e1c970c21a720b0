import { visible } from '../visible.ts';
import {
  type Direction,
  type GraphArc,
  type GraphNode,
  groupsOf,
  type RelationName,
  type TeamGraph,
} from './team-graph.ts';

const STYLES: Readonly<Record<RelationName, string>> = {
  'delegates-to': '',
  'escalates-to': 'color="#b45309", style=dashed, constraint=false',
  'reports-to': 'color="#0f766e", style=dotted, constraint=false',
  'collaborates-with': 'color="#7c3aed", style=dashed, dir=both, constraint=false',
};

/** A team in Graphviz's own language: nodes are named by the ids of the roles, groups are clusters. */
export function graphDot(graph: TeamGraph, direction: Direction = 'TB'): string {
  const ids = graph.nodes.map(({ kind, id }) => quoted(kind === 'role' ? id : `${kind}:${id}`));
  const groups = groupsOf(graph);
  const inGroups = new Set([...groups.values()].flat());
  const lines = [
    `digraph ${quoted(graph.team.name)} {`,
    `  rankdir=${direction};`,
    '  node [shape=box, style=rounded, fontname="Helvetica"];',
    '  edge [arrowsize=0.7];',
    ...[...groups].flatMap(([group, members], index) => [
      `  subgraph cluster_${index} {`,
      `    label=${label(group)};`,
      ...members.map((position) => `    ${nodeText(graph.nodes[position]!, ids[position]!)}`),
      '  }',
    ]),
    ...graph.nodes.flatMap((node, position) => (inGroups.has(position) ? [] : [`  ${nodeText(node, ids[position]!)}`])),
    ...graph.arcs.map((arc) => `  ${ids[arc.from]} -> ${ids[arc.to]}${arcStyle(arc, graph)};`),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function nodeText({ kind, title, entry }: GraphNode, id: string): string {
  const more = {
    role: entry ? ', peripheries=2' : '',
    person: ', shape=ellipse, style=dashed',
    unknown: ', color="#c62828", fontcolor="#c62828", style="rounded,dashed"',
  };
  return `${id} [label=${label(title)}${more[kind]}];`;
}

function arcStyle({ type, edges }: GraphArc, { relations }: TeamGraph): string {
  const hierarchy = relations.includes('delegates-to') ? STYLES[type] : STYLES[type].replace(', constraint=false', '');
  const asks = edges.every(({ approval }) => approval !== undefined);
  const parts = [...(hierarchy ? [hierarchy] : []), ...(asks ? ['label="once approved"', 'fontsize=10'] : [])];
  return parts.length > 0 ? ` [${parts.join(', ')}]` : '';
}

/** A name as a string of DOT. */
function quoted(name: string): string {
  return `"${visible(name).replace(/[\\"]/g, '\\$&')}"`;
}

/** A text as a label, in which `&` would begin an entity. */
function label(text: string): string {
  return quoted(text.replaceAll('&', '&amp;'));
}
