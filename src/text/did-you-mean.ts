import { distance } from 'fastest-levenshtein';

/**
 * The candidate that an author probably meant, if one is near enough: the same but for case and separators,
 * with letters swapped, or different in no more than a third of its letters. The end of a longer id is as good as the id.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined;
  const plain = flatten(word);
  const letters = sorted(plain);
  const parts = word.split('/').length;
  let best: { name: string; cost: number } | undefined;
  for (const name of candidates) {
    if (name.length > LONGEST) continue;
    const other = flatten(name.split('/').slice(-parts).join('/'));
    const limit = Math.max(1, Math.floor(Math.max(plain.length, other.length) / 3));
    if (Math.abs(plain.length - other.length) > limit) continue;
    const cost = other === plain ? 0 : sorted(other) === letters ? 1 : distance(plain, other);
    if (cost <= limit && (!best || cost < best.cost)) best = { name, cost };
  }
  return best?.name;
}

/** Longer words are not compared: that takes the square of their length. */
const LONGEST = 300;

/** So many of the candidates that are nearest to a word, the nearest first. */
export function nearest(word: string, candidates: Iterable<string>, most: number): readonly string[] {
  const ranked = [...candidates].map((name) => ({
    name,
    cost: distance(word.slice(0, LONGEST), name.slice(0, LONGEST)),
  }));
  return ranked
    .sort((a, b) => a.cost - b.cost)
    .slice(0, most)
    .map(({ name }) => name);
}

function flatten(word: string): string {
  return word.toLowerCase().replace(/[\s_-]+/g, '');
}

function sorted(word: string): string {
  return [...word].sort().join('');
}
