import { normalizePath } from '../../src/pattern/normal.ts';
import type { Decision, PatternRule, Policy, RuleList } from '../../src/pattern/policy.ts';

/** A whole number below a limit, by chance that a seed decides. */
export type Random = (below: number) => number;

/** A small generator of chance (mulberry32). */
export function random(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** How many rounds to play: the count given, or as many times more as the environment asks for. */
export function soak(count: number): number {
  return count * Number(process.env['TEAMC_SOAK'] ?? 1);
}

/** Every string of some letters, the shortest first. */
export function every(letters: string, longest: number): readonly string[] {
  const words = [''];
  for (let at = 0; words[at]!.length < longest; at += 1) for (const letter of letters) words.push(words[at]! + letter);
  return words;
}

/** A list of at most so many rules, over the letters a, b, blank and slash. */
export function listOf(chance: Random, most: number): RuleList {
  const rules = Array.from({ length: chance(most + 1) }, (): PatternRule => {
    const dialect = (['name', 'opencode', 'regexp'] as const)[Math.max(0, chance(8) - 5)]!;
    return {
      dialect,
      pattern: dialect === 'regexp' ? regexpOf(chance) : wildcardOf(chance),
      decision: decisionOf(chance),
    };
  });
  return { rules, otherwise: decisionOf(chance) };
}

function decisionOf(chance: Random): Decision {
  return (['allow', 'ask', 'deny'] as const)[chance(3)]!;
}

function wildcardOf(chance: Random): string {
  return Array.from({ length: chance(6) }, () => 'aabb /**?'[chance(9)]).join('') + ['', '', '*', ' *'][chance(4)]!;
}

/** A regular expression that JavaScript reads, of every kind that has an automaton. */
export function regexpOf(chance: Random): string {
  const pieces = ['a', 'b', '[ab]', '[^a]', '.', '\\w', '\\s', '^', '$', '\\b', '\\B', '/', '(?:ab|b)', '(a|)', 'b'];
  pieces.push('[.-a]', '[\\s_]', '[^\\W/]', '\\W', '\\S', '\\D', '[\\d-]');
  const counts = ['', '', '', '*', '+', '?', '{2}', '{0,2}', '*?'];
  const isPlace = (piece: string): boolean => ['^', '$', '\\b', '\\B'].includes(piece);
  const piece = (): string => {
    const one = pieces[chance(pieces.length)]!;
    return isPlace(one) ? one : one + counts[chance(counts.length)]!;
  };
  const body = Array.from({ length: chance(5) }, piece).join('');
  return chance(4) === 0 ? `${body}|${piece()}` : body;
}

/** What a rule matches by its definition, read by JavaScript's own regular expressions. */
export function naiveMatch(rule: PatternRule, text: string): boolean {
  let known = expressions.get(rule);
  if (!known) {
    known = naiveExpression(rule);
    expressions.set(rule, known);
  }
  return known.test(rule.dialect === 'opencode' ? text.replaceAll('\\', '/') : text);
}

const expressions = new WeakMap<PatternRule, RegExp>();

/** opencode's algorithm, and that of names, which differs in the optional tail. */
function naiveExpression({ dialect, pattern }: PatternRule): RegExp {
  if (dialect === 'regexp') return new RegExp(pattern);
  const escaped = (dialect === 'opencode' ? pattern.replaceAll('\\', '/') : pattern).replace(
    /[.+^${}()|[\]\\]/g,
    '\\$&',
  );
  const source = escaped.replace(/\*/g, '.*').replace(/\?/g, '.');
  const tail = dialect === 'opencode' && source.endsWith(' .*');
  return new RegExp(`^${tail ? `${source.slice(0, -3)}( .*)?` : source}$`, 's');
}

/** What a policy decides by its definition: of each list the last rule that matches, of the lists the strictest. */
export function naiveDecision(policy: Policy, text: string): Decision {
  const answers = policy.lists.map(
    ({ rules, otherwise }) => rules.findLast((rule) => naiveMatch(rule, text))?.decision ?? otherwise,
  );
  if (answers.includes('deny')) return 'deny';
  return answers.includes('ask') ? 'ask' : 'allow';
}

/** A path pattern over the letters a, b, dot and slash. */
export function pathPatternOf(chance: Random): string {
  const segments = ['a', 'b', '*', '**', '?', '*a', '.*', 'b?', 'a*b', '..', '**', '.a'];
  const path = Array.from({ length: 1 + chance(3) }, () => segments[chance(segments.length)]!).join('/');
  return chance(6) === 0 ? `/${path}` : path;
}

/** What a path pattern matches by its definition, segment by segment; the path is normalized. */
export function naivePath(pattern: string, path: string): boolean {
  if (pattern === '*') return true;
  const normal = normalizePath(pattern);
  const isOutside = /^(?:\/|~$|~\/|\.\.$|\.\.\/|[A-Za-z]:(?:\/|$))/.test(path);
  if (isOutside && !/^[/~]/.test(normal)) return false;
  return matchSegments(normal.split('/'), path.split('/'));
}

function matchSegments(patterns: readonly string[], segments: readonly string[]): boolean {
  const [first, ...rest] = patterns;
  if (first === undefined) return segments.length === 0;
  if (first === '**') {
    if (rest.length === 0) return segments.length > 0 && segments.join('/') !== '';
    return segments.some((_, at) => matchSegments(rest, segments.slice(at)));
  }
  const [segment, ...others] = segments;
  if (segment === undefined) return false;
  const source = first.replace(/[.]/g, '\\.').replace(/\*+/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${source}$`).test(segment) && matchSegments(rest, others);
}
