/** Milliseconds of each unit that durations are written in; a day has 24 hours. */
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** A duration such as `4h` in whole milliseconds. The schema has checked its form. */
export function milliseconds(duration: string): number {
  const [, number = '0', unit = 'ms'] = /^([0-9.]+)([a-z]+)$/.exec(duration) ?? [];
  return Math.round(Number(number) * (UNITS[unit] ?? 1));
}

/** The least and the most of a duration that may be a range, in milliseconds, in that order. */
export function range(duration: string | readonly string[]): readonly [least: number, most: number] {
  const [first = '0ms', last = first] = typeof duration === 'string' ? [duration] : duration;
  const [a, b] = [milliseconds(first), milliseconds(last)];
  return a <= b ? [a, b] : [b, a];
}

/** A ratio such as `85%` as a share of one. */
export function share(ratio: string): number {
  return Number(ratio.replace('%', '')) / 100;
}

const SIZES: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9 };

/** A quantity as a number: a size counted out, a ratio as a share of one, a duration in milliseconds. */
export function amount(quantity: number | string): number {
  if (typeof quantity === 'number') return quantity;
  if (quantity.endsWith('%')) return share(quantity);
  const size = SIZES[quantity.at(-1) ?? ''];
  return size === undefined ? milliseconds(quantity) : Number(quantity.slice(0, -1)) * size;
}
