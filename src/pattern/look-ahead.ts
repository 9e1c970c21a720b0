import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { UnsupportedPattern } from './expression.ts';
import type { Decision, PatternRule } from './policy.ts';

/**
 * Takes an anchored regular expression apart whose negative look-aheads each rule out whole arguments, as in
 * `^(?!secret/.*$)(?:src/.*|docs/.*)$`: the same, as rules in order without a look-ahead. One that has none comes back
 * as a single rule. Throws `UnsupportedPattern` where a look-ahead stands in any other place.
 */
export function rulesOfRegExp(source: string): readonly PatternRule[] {
  const parsed = new RegExpParser({ ecmaVersion: 2023 }).parsePattern(source);
  const [only] = parsed.alternatives;
  const elements = only?.elements ?? [];
  if (parsed.alternatives.length !== 1 || !isEdge(elements[0], 'start') || !isEdge(elements.at(-1), 'end'))
    return [rule(source, 'allow')];
  return peelSequence(elements.slice(1, -1), source);
}

function peelSequence(elements: readonly AST.Element[], source: string): readonly PatternRule[] {
  const [first, ...rest] = elements;
  if (first && isLookAhead(first)) return [...peelSequence(rest, source), rule(ruledOut(first, source), 'deny')];
  if (first?.type === 'Group' && rest.length === 0) return peelChoice(first.alternatives, source);
  return [rule(anchored(elements.map(({ raw }) => raw).join('')), 'allow')];
}

/** In a choice the last branch may go on with look-aheads; what the others allow, they allow whatever it rules out. */
function peelChoice(alternatives: readonly AST.Alternative[], source: string): readonly PatternRule[] {
  const last = alternatives.at(-1)!;
  const others = alternatives.slice(0, -1).map(({ raw }) => rule(anchored(raw), 'allow'));
  return [...peelSequence(last.elements, source), ...others];
}

function ruledOut(ahead: AST.LookaheadAssertion, source: string): string {
  const [only] = ahead.alternatives;
  if (ahead.alternatives.length !== 1 || !isEdge(only!.elements.at(-1), 'end'))
    throw new UnsupportedPattern(source, 'it looks ahead at a part of the text');
  return anchored(
    only!.elements
      .slice(0, -1)
      .map(({ raw }) => raw)
      .join(''),
  );
}

function isLookAhead(element: AST.Element): element is AST.LookaheadAssertion {
  return element.type === 'Assertion' && element.kind === 'lookahead' && element.negate;
}

function isEdge(element: AST.Element | undefined, kind: 'start' | 'end'): boolean {
  return element?.type === 'Assertion' && element.kind === kind;
}

function anchored(raw: string): string {
  return `^(?:${raw})$`;
}

function rule(pattern: string, decision: Decision): PatternRule {
  return { dialect: 'regexp', pattern, decision };
}
