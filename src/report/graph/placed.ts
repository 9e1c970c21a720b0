import type { Size, StackShape } from './boxes.ts';
import type { Direction, GraphArc } from './team-graph.ts';

/** A rectangle in pixels, from the top left. */
export interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

/** A line of the picture: a path as SVG writes it, and the arcs that it stands for. */
export interface Line {
  readonly path: string;
  readonly arcs: readonly GraphArc[];
}

/** A graph with everything in its place. */
export interface Layout extends Size {
  /** By the positions of the nodes; `small` ones stand in a block. */
  readonly boxes: readonly (Rect & { readonly small: boolean })[];
  readonly groups: readonly (Rect & { readonly title: string })[];
  readonly lines: readonly Line[];
}

/** A way to lay a graph out. */
export interface Way {
  readonly direction: Direction;
  readonly shape: StackShape;
  /** How many groups stand beside each other before the next row begins. */
  readonly abreast: number;
}
