import { fitsInTurn } from '../../pattern/fits.ts';

/**
 * The intersection of two wildcards (`*` any text, `?` one character) as a union of wildcards, or nothing when it takes
 * more than `most` of them. Two stars give both orders of what follows them; a star takes in what the other spells out.
 */
export function intersect(a: string, b: string, most = 32): readonly string[] | undefined {
  const found = new Set<string>();
  const stack: [string, string, string][] = [['', a, b]];
  for (let steps = 0; stack.length > 0; steps++) {
    if (steps > 20_000 || found.size > most * 8) return undefined;
    const [done, left, right] = stack.pop()!;
    if (left === '' && right === '') found.add(done.replace(/\*+/g, '*'));
    else stack.push(...continued(done, left, right));
  }
  const widest = withoutCovered([...found].sort((x, y) => x.length - y.length));
  return widest.length > most ? undefined : widest;
}

function continued(done: string, left: string, right: string): [string, string, string][] {
  const [l, r] = [left[0], right[0]];
  if (l === '*' && r === '*')
    return [
      [`${done}*`, left.slice(1), right],
      [`${done}*`, left, right.slice(1)],
    ];
  if (l === '*')
    return [[done, left.slice(1), right], ...(r === undefined ? [] : [step(done + r, left, right.slice(1))])];
  if (r === '*')
    return [[done, left, right.slice(1)], ...(l === undefined ? [] : [step(done + l, left.slice(1), right)])];
  if (l === undefined || r === undefined || (l !== r && l !== '?' && r !== '?')) return [];
  return [[done + (l === '?' ? r : l), left.slice(1), right.slice(1)]];
}

function step(done: string, left: string, right: string): [string, string, string] {
  return [done, left, right];
}

/** Leaves out what a shorter wildcard covers already. */
function withoutCovered(patterns: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const pattern of patterns) if (!kept.some((wide) => covers(wide, pattern))) kept.push(pattern);
  return kept;
}

/**
 * Whether a wildcard matches everything that another one matches; a no may be wrong, a yes never is. Where it fails behind
 * a star, only the last star has to take in more.
 */
function covers(wide: string, narrow: string): boolean {
  return fitsInTurn(wide, narrow, '*', (item, one) => item === one || (item === '?' && one !== '*'));
}
