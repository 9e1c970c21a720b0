import { boxOf, GAP, type Stack, titledGroups, titleOf } from './boxes.ts';
import type { Plan } from './layout-plan.ts';
import type { Way } from './placed.ts';
import type { TeamGraph } from './team-graph.ts';

const inches = (pixels: number): string => (pixels / 72).toFixed(4);

/** A graph in DOT, for positions only: nodes are numbers with a size, blocks are tables, and no text gets there. */
export function layoutDot(graph: TeamGraph, plan: Plan, { direction, abreast }: Way): string {
  const { stacks, stackOf, routed } = plan;
  const node = (position: number): string => {
    const { width, height } = boxOf(graph.nodes[position]!);
    return `n${position} [width=${inches(width)} height=${inches(height)}]`;
  };
  const block = ({ members, columns, box }: Stack, stack: number): string => {
    const rows = Array.from({ length: Math.ceil(members.length / columns) }, (_, row) =>
      members.slice(row * columns, (row + 1) * columns),
    );
    const cell = (member: number): string =>
      `<TD PORT="p${member}" FIXEDSIZE="TRUE" WIDTH="${box.width}" HEIGHT="${box.height}"></TD>`;
    const table = rows.map((row) => `<TR>${row.map(cell).join('')}</TR>`).join('');
    return `s${stack} [fixedsize=false shape=plain label=<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="${GAP}">${table}</TABLE>>]`;
  };
  const shown = (members: readonly number[]): readonly string[] => [
    ...members.filter((member) => !stackOf.has(member)).map(node),
    ...[...new Set(members.flatMap((member) => stackOf.get(member) ?? []))].map((stack) =>
      block(stacks[stack]!, stack),
    ),
  ];
  const groups = titledGroups(graph);
  const grouped = new Set(groups.flatMap(({ members }) => members));
  const across = direction === 'LR' || direction === 'RL';
  return [
    `digraph { graph [rankdir=${direction} nodesep=${across ? 0.14 : 0.2} ranksep=${across ? 0.8 : 0.55} fontsize=10 pad=0]`,
    'node [shape=box fixedsize=true label=""] edge [arrowsize=0.6]',
    ...groups.map(({ title, members }, index) => {
      const { width, height } = titleOf(title);
      const label = `<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0"><TR><TD FIXEDSIZE="TRUE" WIDTH="${width}" HEIGHT="${height}"></TD></TR></TABLE>>`;
      return `subgraph cluster_${index} { margin=12 labeljust=l label=${label}; ${shown(members).join('; ')} }`;
    }),
    ...shown(graph.nodes.flatMap((_, position) => (grouped.has(position) ? [] : [position]))),
    ...rowsOf(groups, plan, abreast),
    ...routed.map(({ tail, head, ranks }, index) => {
      const mark = `comment=${index}`;
      if (ranks === 'up') return `${head} -> ${tail} [dir=back ${mark}]`;
      return `${tail} -> ${head} [${mark}${ranks === 'no' ? ' constraint=false' : ''}]`;
    }),
    '}',
  ].join('\n');
}

/** Holds each group below the one that stands above it in the row before. */
function rowsOf(
  groups: ReturnType<typeof titledGroups>,
  { stackOf, routed }: Plan,
  abreast: number,
): readonly string[] {
  const names = groups.map(({ members }) => {
    const own = [...new Set(members.map((member) => (stackOf.has(member) ? `s${stackOf.get(member)}` : `n${member}`)))];
    const inside = routed.filter(
      ({ tail, head, ranks }) => ranks === 'down' && own.includes(tail) && own.includes(head),
    );
    const [tails, heads] = [new Set(inside.map(({ tail }) => tail)), new Set(inside.map(({ head }) => head))];
    return { tops: own.filter((name) => !heads.has(name)), ends: own.filter((name) => !tails.has(name)) };
  });
  return groups.slice(abreast).map((_, index) => {
    const [above, below] = [names[index]!, names[index + abreast]!];
    return `r${index} [width=0.01 height=0.01 style=invis]; {${above.ends.join(' ')}} -> r${index} -> {${below.tops.join(' ')}} [style=invis]`;
  });
}
