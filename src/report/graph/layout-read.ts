import { GAP, type Stack, titledGroups } from './boxes.ts';
import { beside, curve, rounded } from './curve.ts';
import type { Plan } from './layout-plan.ts';
import type { Layout, Line, Rect } from './placed.ts';
import type { TeamGraph } from './team-graph.ts';

interface Written {
  readonly bb: string;
  readonly objects?: readonly WrittenObject[];
  readonly edges?: readonly { readonly comment?: string; readonly pos?: string }[];
}

interface WrittenObject {
  readonly name: string;
  readonly pos?: string;
  readonly bb?: string;
  readonly width?: string;
  readonly height?: string;
}

/** The room around a picture, in pixels. */
const MARGIN = 16;

/** Reads the positions that Graphviz found, with y downwards, and adds the curves that it did not route. */
export function readLayout(json: string, graph: TeamGraph, { stacks, routed, within, curved }: Plan): Layout {
  const { bb, objects = [], edges = [] } = JSON.parse(json) as Written;
  const [, , right = 0, top = 0] = numbers(bb);
  const at: Turn = { x: (value) => rounded(value + MARGIN), y: (value) => rounded(top - value + MARGIN) };
  const boxes = new Map<number, Layout['boxes'][number]>();
  const groups: Layout['groups'][number][] = [];
  const titles = titledGroups(graph).map(({ title }) => title);
  for (const object of objects) {
    const [, kind, digits] = /^(cluster_|n|s)(\d+)$/.exec(object.name) ?? [];
    const number = Number(digits);
    if (kind === 'cluster_') groups.push({ title: titles[number]!, ...clusterRect(object, at) });
    if (kind === 'n') boxes.set(number, { ...nodeRect(object, at), small: false });
    if (kind === 's')
      for (const [member, rect] of cells(stacks[number]!, nodeRect(object, at)))
        boxes.set(member, { ...rect, small: true });
  }
  const placed = graph.nodes.map((_, position) => boxes.get(position)!);
  const lines = edges.flatMap(({ comment, pos }): readonly Line[] => {
    if (comment === undefined || pos === undefined) return [];
    const { arcs, ranks } = routed[Number(comment)]!;
    return [{ path: pathOf(pos, at, ranks === 'up'), arcs }];
  });
  return {
    width: Math.ceil(right + 2 * MARGIN),
    height: Math.ceil(top + 2 * MARGIN),
    boxes: placed,
    groups,
    lines: [
      ...lines,
      ...within.map((arc) => ({ path: beside(placed[arc.from]!, placed[arc.to]!), arcs: [arc] })),
      ...curved.map((arc) => ({ path: curve(placed[arc.from]!, placed[arc.to]!), arcs: [arc] })),
    ],
  };
}

/** From Graphviz's points to pixels. */
interface Turn {
  x(value: number): number;
  y(value: number): number;
}

function clusterRect({ bb = '' }: WrittenObject, { x, y }: Turn): Rect {
  const [left = 0, bottom = 0, right = 0, top = 0] = numbers(bb);
  return { x: x(left), y: y(top), width: rounded(right - left), height: rounded(top - bottom) };
}

function nodeRect({ pos = '', width, height }: WrittenObject, { x, y }: Turn): Rect {
  const [cx = 0, cy = 0] = numbers(pos);
  const size = { width: rounded(Number(width) * 72), height: rounded(Number(height) * 72) };
  return { x: x(cx - size.width / 2), y: y(cy + size.height / 2), ...size };
}

/** The boxes of a block, row by row. */
function cells({ members, columns, box }: Stack, { x, y }: Rect): readonly (readonly [member: number, rect: Rect])[] {
  return members.map((member, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    const left = x + GAP + column * (box.width + GAP);
    return [member, { x: rounded(left), y: rounded(y + GAP + row * (box.height + GAP)), ...box }];
  });
}

function numbers(text: string): readonly number[] {
  return text.split(/[ ,]/).map(Number);
}

/** A spline as Graphviz writes it, as a path of SVG that ends at its arrow. */
function pathOf(pos: string, { x, y }: Turn, back: boolean): string {
  const point = (text: string): string => {
    const [px = 0, py = 0] = numbers(text);
    return `${x(px)} ${y(py)}`;
  };
  const words = pos.split(' ');
  const tip = words.find((word) => word.startsWith('e,') || word.startsWith('s,'));
  const points = words.filter((word) => word !== tip).map(point);
  const [first, ...rest] = back ? points.toReversed() : points;
  return `M${first}C${rest.join(' ')}${tip ? `L${point(tip.slice(2))}` : ''}`;
}
