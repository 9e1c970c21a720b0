import type { AST } from '@eslint-community/regexpp';
import { UnsupportedPattern } from './expression.ts';
import type { Decision, PatternRule, Policy, RuleList } from './policy.ts';
import { parseRegExp } from './regexp.ts';

/**
 * Takes an anchored regular expression apart whose look-aheads each speak of whole arguments, as in
 * `^(?=src/.*$)(?!src/secret/.*$)(?:.*)$`: the same, as a policy whose rules have none. One without look-aheads comes
 * back as a single rule. Throws `UnsupportedPattern` where a look-ahead stands in any other place, and for what JavaScript
 * itself refuses.
 */
export function policyOfRegExp(source: string): Policy {
  const parsed = parseRegExp(source);
  const [only] = parsed.alternatives;
  const elements = only?.elements ?? [];
  if (parsed.alternatives.length !== 1 || !isEdge(elements[0], 'start') || !isEdge(elements.at(-1), 'end'))
    return { lists: [{ otherwise: 'deny', rules: [rule(source, 'allow')] }] };
  const inner = elements.slice(1, -1);
  const needed = inner.findIndex((element) => !isLookAhead(element, false));
  const all = inner.slice(0, Math.max(needed, 0)) as readonly AST.LookaheadAssertion[];
  const lists = all.map(({ alternatives }): RuleList => wholeList(alternatives, source));
  return { lists: [...lists, { otherwise: 'deny', rules: peelSequence(inner.slice(all.length), source) }] };
}

/** A positive look-ahead at the whole argument is a list of its own. */
function wholeList(alternatives: readonly AST.Alternative[], source: string): RuleList {
  const elements = wholeElements(alternatives, source);
  return { otherwise: 'deny', rules: peelSequence(elements, source) };
}

function peelSequence(elements: readonly AST.Element[], source: string): readonly PatternRule[] {
  const [first, ...rest] = elements;
  if (first && isLookAhead(first, true)) return [...peelSequence(rest, source), rule(ruledOut(first, source), 'deny')];
  if (first?.type === 'Group' && rest.length === 0) return peelChoice(first.alternatives, source);
  return [rule(anchored(elements.map(({ raw }) => raw).join('')), 'allow')];
}

/** In a choice the last branch may go on with look-aheads; what the others allow, they allow whatever it rules out. */
function peelChoice(alternatives: readonly AST.Alternative[], source: string): readonly PatternRule[] {
  const last = alternatives.at(-1)!;
  const others = alternatives.slice(0, -1).map(({ raw }) => rule(anchored(raw), 'allow'));
  return [...peelSequence(last.elements, source), ...others];
}

function ruledOut({ alternatives }: AST.LookaheadAssertion, source: string): string {
  return anchored(
    wholeElements(alternatives, source)
      .map(({ raw }) => raw)
      .join(''),
  );
}

/** What a look-ahead at the whole argument looks for, without the end that it looks up to. */
function wholeElements(alternatives: readonly AST.Alternative[], source: string): readonly AST.Element[] {
  const [only] = alternatives;
  if (alternatives.length !== 1 || !isEdge(only!.elements.at(-1), 'end'))
    throw new UnsupportedPattern(source, 'it looks ahead at a part of the text');
  return only!.elements.slice(0, -1);
}

function isLookAhead(element: AST.Element, negate: boolean): element is AST.LookaheadAssertion {
  return element.type === 'Assertion' && element.kind === 'lookahead' && element.negate === negate;
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
