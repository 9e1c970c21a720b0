import { characters, columnsOf } from '../visible.ts';
import { type GraphNode, groupsOf, type TeamGraph } from './team-graph.ts';

/** A size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The widest text in a box, in columns; what is longer ends in an ellipsis. */
const MOST_COLUMNS = 34;

/** How wide a column of text is drawn, in pixels: as a title, as the title of an entry, and below a title. */
const COLUMN = 7.1;
const BOLD_COLUMN = 7.9;
const SMALL_COLUMN = 6;

/** A text cut so that it fits a box. */
export function fitted(text: string, most = MOST_COLUMNS): string {
  if (columnsOf(text) <= most) return text;
  let kept = '';
  for (const character of characters(text)) {
    if (columnsOf(kept + character) > most - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The size of a node that stands alone: its title, and its level below it. */
export function boxOf({ title, level, entry }: GraphNode): Size {
  const width = Math.max(
    columnsOf(fitted(title)) * (entry ? BOLD_COLUMN : COLUMN),
    columnsOf(fitted(level ?? '')) * SMALL_COLUMN,
  );
  return { width: Math.round(Math.max(56, width + 26)), height: level === undefined ? 32 : 42 };
}

/** The size of the line that a group's title takes. */
export function titleOf(group: string): Size {
  return { width: Math.round(columnsOf(fitted(group)) * COLUMN + 8), height: 18 };
}

/** Roles that stand together as a block, all boxes of the same size, row by row. */
export interface Stack {
  readonly members: readonly number[];
  readonly columns: number;
  readonly box: Size;
}

/** The room between the boxes of a block, in pixels. */
export const GAP = 6;

/** How a block is laid out: the proportion of width to height that it comes near to, for those below others and for those that nobody hands work to. */
export interface StackShape {
  readonly least: number;
  readonly below: number;
  readonly alone: number;
}

/**
 * Finds the roles that can stand as a block: in the same group, below the same roles, with nobody below them. So a lead with
 * forty workers is drawn as people draw it by hand.
 */
export function stacksOf(
  graph: TeamGraph,
  children: readonly (readonly number[])[],
  shape: StackShape,
): readonly Stack[] {
  const parents = graph.nodes.map((): number[] => []);
  for (const [from, list] of children.entries()) for (const to of list) parents[to]!.push(from);
  const blocks = new Map<string, number[]>();
  for (const [position, node] of graph.nodes.entries()) {
    if (node.kind !== 'role' || children[position]!.length > 0) continue;
    const key = JSON.stringify([node.group, parents[position]]);
    blocks.set(key, [...(blocks.get(key) ?? []), position]);
  }
  return [...blocks.values()].flatMap((members): readonly Stack[] => {
    const alone = parents[members[0]!]!.length === 0;
    if (members.length < (alone ? Math.min(4, shape.least) : shape.least)) return [];
    const box = { width: Math.max(...members.map((member) => boxOf(graph.nodes[member]!).width)), height: 26 };
    const wanted = Math.sqrt((members.length * box.height * (alone ? shape.alone : shape.below)) / box.width);
    return [{ members, columns: Math.max(1, Math.min(members.length, Math.round(wanted))), box }];
  });
}

/** The groups of a graph as lists of positions, with their titles. */
export function titledGroups(
  graph: TeamGraph,
): readonly { readonly title: string; readonly members: readonly number[] }[] {
  return [...groupsOf(graph)].map(([title, members]) => ({ title, members }));
}
