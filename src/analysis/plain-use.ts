import { matches } from '../pattern/decide.ts';
import type { Decision, PatternRule } from '../pattern/policy.ts';
import { mayMatch, onlyArgument } from './overlap.ts';
import { isPlausible } from './plausible.ts';

/**
 * What plain examples show of a rule: that without it one would be decided otherwise (`live`), or at least that it decides one
 * (`decides`). Of a rule that matches one argument only they show all; the others are positions in the list.
 */
export type PlainUse =
  | 'live'
  | 'decides'
  | { readonly status: 'dead' | 'redundant'; readonly others: readonly number[] }
  | undefined;

/** Looks at a rule of a list through examples alone, without automata over the whole list. */
export function plainUse(rules: readonly PatternRule[], at: number, otherwise: Decision): PlainUse {
  const { pattern, dialect } = rules[at]!;
  const only = onlyArgument(dialect, pattern);
  if (only !== undefined) return useFor(only, rules, at, otherwise);
  let decides = false;
  for (const example of examples(rules, at)) {
    const found = useFor(example, rules, at, otherwise);
    if (found === 'live') return found;
    if (found?.status === 'redundant') decides = true;
  }
  return decides ? 'decides' : undefined;
}

/** What a rule is good for as far as one example shows it; nothing where the rule or the domain may not have that. */
function useFor(
  example: string,
  rules: readonly PatternRule[],
  at: number,
  otherwise: Decision,
): Exclude<PlainUse, 'decides'> {
  const { pattern, dialect, decision } = rules[at]!;
  if (!isPlausible(dialect, example) || !matches(dialect, pattern, example)) return undefined;
  const [first, ...below] = lastMatches(rules, example);
  if (first !== at) return { status: 'dead', others: [first!] };
  const without = below[0] === undefined ? otherwise : rules[below[0]]!.decision;
  return without === decision ? { status: 'redundant', others: below } : 'live';
}

/** What a pattern spells out: alone, behind what the rules under it begin with that decide otherwise, and with what they ask for besides. */
function* examples(rules: readonly PatternRule[], at: number): Iterable<string> {
  const { pattern, decision, dialect } = rules[at]!;
  const plain = pattern.replaceAll('?', 'a');
  for (const text of ['any', 'q/z', '']) yield plain.replaceAll(/\*+/g, text).replace(/ $/, '');
  if (plain === '*') yield 'https://any.example/any';
  const star = plain.indexOf('*');
  if (star === -1) return;
  const [stem, rest] = [plain.slice(0, star), restOf(plain)];
  for (const { pattern: lower, decision: other } of rules.slice(0, at)) {
    if (other === decision) continue;
    const begin = lower.replace(/[*?].*$/s, '');
    for (const blank of ['', ' ']) yield `${begin.trimEnd()}${blank}${rest}`;
    if (dialect !== 'command') continue;
    const wanted = restOf(lower.startsWith(stem) ? lower.slice(stem.length) : lower);
    for (const words of [`${wanted} ${rest}`, `${rest} ${wanted}`]) yield `${stem.trimEnd()} ${words.trim()}`;
  }
}

/** The letters of a pattern from its first star on, without stars at its end. */
export function restOf(pattern: string): string {
  return pattern
    .slice(pattern.search(/\*|$/))
    .replace(/^\*+\/?|\*+$/g, '')
    .replaceAll(/\*+/g, 'x')
    .trim();
}

/** The last two rules that match, by position. */
export function lastMatches(rules: readonly PatternRule[], example: string): readonly number[] {
  const found: number[] = [];
  for (let at = rules.length - 1; at >= 0 && found.length < 2; at--) {
    const { dialect, pattern } = rules[at]!;
    if (mayMatch(dialect, pattern, example) && matches(dialect, pattern, example)) found.push(at);
  }
  return found;
}
