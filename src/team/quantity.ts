const HOURS: Readonly<Record<string, number>> = { ms: 1 / 3_600_000, s: 1 / 3600, m: 1 / 60, h: 1, d: 24, w: 168 };

/** A duration such as `4h` or `1d` in hours; nothing where the text is none. */
export function hoursOf(text: unknown): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/.exec(typeof text === 'string' ? text : '');
  return match ? Number(match[1]) * HOURS[match[2]!]! : undefined;
}

/** A percentage such as `85%` as a part of 1; nothing where the text is none. */
export function ratioOf(text: unknown): number | undefined {
  const match = /^(\d+(?:\.\d+)?)%$/.exec(typeof text === 'string' ? text : '');
  return match ? Number(match[1]) / 100 : undefined;
}
