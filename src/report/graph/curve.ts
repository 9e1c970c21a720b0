import { GAP } from './boxes.ts';
import type { Rect } from './placed.ts';

/** A number of pixels with one digit: finer is not seen. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A plain curve between two boxes, from the sides that face each other. */
export function curve(from: Rect, to: Rect): string {
  const [a, b] = [middleOf(from), middleOf(to)];
  if (Math.abs(b.y - a.y) * 1.5 <= Math.abs(b.x - a.x)) return across(from, to);
  const way = Math.sign(b.y - a.y);
  const [start, end] = [a.y + (way * from.height) / 2, b.y - (way * to.height) / 2];
  const bend = (end - start) / 2;
  return `M${rounded(a.x)} ${rounded(start)}C${rounded(a.x)} ${rounded(start + bend)} ${rounded(b.x)} ${rounded(end - bend)} ${rounded(b.x)} ${rounded(end)}`;
}

/** How far a curve has to be bent so that its middle lies in the gap between the boxes of a block. */
const BEND = (GAP * 4) / 3;

/** A curve between two boxes of a block that runs in the gaps: on the left of a column, above a row, else between columns. */
export function beside(from: Rect, to: Rect): string {
  const [a, b] = [middleOf(from), middleOf(to)];
  const [ax, ay, bx, by] = [a.x, a.y, b.x, b.y].map(rounded);
  if (from.x === to.x) {
    const bend = rounded(from.x - BEND);
    return `M${from.x} ${ay}C${bend} ${ay} ${bend} ${by} ${to.x} ${by}`;
  }
  if (from.y !== to.y) return across(from, to);
  const bend = rounded(from.y - BEND);
  return `M${ax} ${from.y}C${ax} ${bend} ${bx} ${bend} ${bx} ${to.y}`;
}

function across(from: Rect, to: Rect): string {
  const [a, b] = [middleOf(from), middleOf(to)];
  const way = Math.sign(b.x - a.x);
  const [start, end] = [a.x + (way * from.width) / 2, b.x - (way * to.width) / 2];
  const bend = (end - start) / 2;
  return `M${rounded(start)} ${rounded(a.y)}C${rounded(start + bend)} ${rounded(a.y)} ${rounded(end - bend)} ${rounded(b.y)} ${rounded(end)} ${rounded(b.y)}`;
}

function middleOf({ x, y, width, height }: Rect): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
