/**
 * A set of UTF-16 code units, as ascending ranges that neither overlap nor touch: `[low, high, low, high, …]`.
 *
 * Sets are interned: equal sets are the same object. Code units rather than code points, because that is what the
 * platforms' own matchers (JavaScript regular expressions without the `u` flag) count as one character.
 */
export type CharSet = readonly number[];

/** The last code unit. */
export const LAST_UNIT = 0xffff;

const interned = new Map<string, CharSet>();

/** Every code unit, and no code unit. */
export const ANY: CharSet = charSet([0, LAST_UNIT]);
export const NONE: CharSet = charSet([]);

/** The set of some ranges, given as `[low, high, low, high, …]` in any order. */
export function charSet(ranges: readonly number[]): CharSet {
  const pairs: [low: number, high: number][] = [];
  for (let at = 0; at < ranges.length; at += 2) pairs.push([ranges[at]!, ranges[at + 1]!]);
  pairs.sort((a, b) => a[0] - b[0]);
  const merged: number[] = [];
  for (const [low, high] of pairs) {
    if (merged.length > 0 && low <= merged.at(-1)! + 1) merged[merged.length - 1] = Math.max(merged.at(-1)!, high);
    else merged.push(low, high);
  }
  const key = merged.join();
  const known = interned.get(key);
  if (known) return known;
  interned.set(key, merged);
  return merged;
}

/** The characters of a text, as a set. */
export function charsOf(text: string): CharSet {
  const ranges: number[] = [];
  for (let at = 0; at < text.length; at += 1) ranges.push(text.charCodeAt(at), text.charCodeAt(at));
  return charSet(ranges);
}

/** The characters from one to another, both included. */
export function between(low: string, high: string): CharSet {
  return charSet([low.charCodeAt(0), high.charCodeAt(0)]);
}

/** What is in any of the sets. */
export function union(...sets: readonly CharSet[]): CharSet {
  return sets.length === 1 ? sets[0]! : charSet(sets.flat());
}

/** What is not in the set. */
export function complement(set: CharSet): CharSet {
  const ranges: number[] = [];
  let low = 0;
  for (let at = 0; at < set.length; at += 2) {
    if (set[at]! > low) ranges.push(low, set[at]! - 1);
    low = set[at + 1]! + 1;
  }
  if (low <= LAST_UNIT) ranges.push(low, LAST_UNIT);
  return charSet(ranges);
}

/** What is in both sets. */
export function intersection(a: CharSet, b: CharSet): CharSet {
  if (a === ANY || a === b) return b;
  if (b === ANY) return a;
  const ranges: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const low = Math.max(a[i]!, b[j]!);
    const high = Math.min(a[i + 1]!, b[j + 1]!);
    if (low <= high) ranges.push(low, high);
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return charSet(ranges);
}

/** What is in the first set and not in the second. */
export function without(a: CharSet, b: CharSet): CharSet {
  return intersection(a, complement(b));
}

/** Whether a code unit is in the set. */
export function has(set: CharSet, unit: number): boolean {
  for (let at = 0; at < set.length && set[at]! <= unit; at += 2) if (unit <= set[at + 1]!) return true;
  return false;
}
