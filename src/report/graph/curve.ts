import type { Rect } from './placed.ts';

/** A number of pixels with one digit: finer is not seen. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A plain curve between two boxes, from the sides that face each other. */
export function curve(from: Rect, to: Rect): string {
  const middle = ({ x, y, width, height }: Rect) => ({ x: x + width / 2, y: y + height / 2 });
  const [a, b] = [middle(from), middle(to)];
  const upright = Math.abs(b.y - a.y) * 1.5 > Math.abs(b.x - a.x);
  const way = upright ? Math.sign(b.y - a.y) : Math.sign(b.x - a.x);
  if (upright) {
    const [start, end] = [a.y + (way * from.height) / 2, b.y - (way * to.height) / 2];
    const bend = (end - start) / 2;
    return `M${rounded(a.x)} ${rounded(start)}C${rounded(a.x)} ${rounded(start + bend)} ${rounded(b.x)} ${rounded(end - bend)} ${rounded(b.x)} ${rounded(end)}`;
  }
  const [start, end] = [a.x + (way * from.width) / 2, b.x - (way * to.width) / 2];
  const bend = (end - start) / 2;
  return `M${rounded(start)} ${rounded(a.y)}C${rounded(start + bend)} ${rounded(a.y)} ${rounded(end - bend)} ${rounded(b.y)} ${rounded(end)} ${rounded(b.y)}`;
}
