import {
  type Direction,
  type GraphArc,
  type GraphNode,
  groupsOf,
  type RelationName,
  type TeamGraph,
} from './team-graph.ts';

/** How many edges, and how much text, Mermaid draws unless its configuration says otherwise. */
const MOST_EDGES = 500;
const MOST_TEXT = 50_000;

const ARROWS: Readonly<Record<RelationName, string>> = {
  'delegates-to': '-->',
  'escalates-to': '-. escalates .->',
  'reports-to': '-. reports .->',
  'collaborates-with': '<-. with .->',
};

/** A team as a Mermaid flowchart: groups are subgraphs, people rounded, names that lead nowhere dashed. */
export function graphMermaid(graph: TeamGraph, direction: Direction = 'TB'): string {
  const ids = idsOf(graph.nodes);
  const inGroups = new Set([...groupsOf(graph).values()].flat());
  const lines = [
    `flowchart ${direction}`,
    ...[...groupsOf(graph)].flatMap(([group, members], index) => [
      `  subgraph group${index}["${text(group)}"]`,
      ...members.map((position) => `    ${nodeText(graph.nodes[position]!, ids[position]!)}`),
      '  end',
    ]),
    ...graph.nodes.flatMap((node, position) => (inGroups.has(position) ? [] : [`  ${nodeText(node, ids[position]!)}`])),
    ...graph.arcs.map(({ type, from, to }) => `  ${ids[from]} ${ARROWS[type]} ${ids[to]}`),
    ...styles(graph),
  ];
  return `${lines.join('\n')}\n`;
}

/** Whether Mermaid draws a text as it is, without being told to take more. */
export function isDrawnByMermaid({ arcs }: TeamGraph, written: string): boolean {
  return arcs.length <= MOST_EDGES && written.length <= MOST_TEXT;
}

function nodeText({ kind, title, entry }: GraphNode, id: string): string {
  const label = `"${text(title)}"`;
  if (kind === 'person') return `${id}([${label}]):::person`;
  if (kind === 'unknown') return `${id}[${label}]:::unknown`;
  return entry ? `${id}[[${label}]]` : `${id}[${label}]`;
}

function styles({ nodes, arcs }: TeamGraph): readonly string[] {
  const colour = (type: RelationName, style: string): readonly string[] => {
    const found = arcs.flatMap((arc: GraphArc, index) => (arc.type === type ? [index] : []));
    return found.length > 0 ? [`  linkStyle ${found.join(',')} ${style}`] : [];
  };
  return [
    ...(nodes.some(({ kind }) => kind === 'person') ? ['  classDef person stroke-dasharray:2 2'] : []),
    ...(nodes.some(({ kind }) => kind === 'unknown') ? ['  classDef unknown stroke:#c62828,stroke-dasharray:5 3'] : []),
    ...colour('escalates-to', 'stroke:#b45309'),
    ...colour('reports-to', 'stroke:#0f766e'),
    ...colour('collaborates-with', 'stroke:#7c3aed'),
  ];
}

/** A name for each node that Mermaid takes for one, near to the node's own. */
function idsOf(nodes: readonly GraphNode[]): readonly string[] {
  const taken = new Set<string>();
  return nodes.map(({ kind, id }) => {
    const plain = `${kind === 'role' ? '' : `${kind}_`}${id.replace(/[^A-Za-z0-9]+/g, '_')}`;
    // A word of Mermaid's own, or a digit at the start, is no name.
    const stem = /^[a-z]\w*_\w/i.test(plain) ? plain : `role_${plain}`;
    let name = stem;
    for (let number = 2; taken.has(name); number++) name = `${stem}_${number}`;
    taken.add(name);
    return name;
  });
}

/** Text that Mermaid takes as it is: what it, Markdown or HTML would read as their own is written as an entity. */
function text(plain: string): string {
  return plain.replace(/[^\p{L}\p{M}\p{N} ,.:()/+@'’–—-]/gu, (character) => {
    const code = character.codePointAt(0)!;
    return code > 0x7f ? character : `#${code};`;
  });
}
