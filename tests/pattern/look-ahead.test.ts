import { describe, expect, test } from 'vitest';
import { decide } from '../../src/pattern/decide.ts';
import { UnsupportedPattern } from '../../src/pattern/expression.ts';
import { policyOfRegExp } from '../../src/pattern/look-ahead.ts';
import { every, type Random, random, soak } from './brute-force.ts';

const WORDS = every('ab/', 5);

/** Every word that an expression matches as JavaScript reads it, and every word that its policy allows. */
function expectSame(source: string): void {
  const expression = new RegExp(source);
  const policy = policyOfRegExp(source);
  expect([source, WORDS.filter((word) => decide(policy, word).decision === 'allow')]).toEqual([
    source,
    WORDS.filter((word) => expression.test(word)),
  ]);
}

const plain = (chance: Random): string => ['a', 'b', '/', '.*', 'a+', '[ab]', '(?:a|b/)', 'ab'][chance(8)]!;
const part = (chance: Random): string => Array.from({ length: 1 + chance(2) }, () => plain(chance)).join('');
const ruledOut = (chance: Random): string => Array.from({ length: chance(3) }, () => `(?!${part(chance)}$)`).join('');
const needed = (chance: Random): string =>
  Array.from({ length: chance(3) }, () => `(?=${ruledOut(chance)}${part(chance)}$)`).join('');

/** Branches, of which the last may look ahead again. */
function body(chance: Random, depth: number): string {
  if (depth === 0 || chance(3) === 0) return part(chance);
  const others = Array.from({ length: chance(3) }, () => part(chance));
  return `(?:${[...others, ruledOut(chance) + body(chance, depth - 1)].join('|')})`;
}

describe('An expression that looks ahead at whole arguments', () => {
  test('comes apart into lists that decide what JavaScript matches', () => {
    const chance = random(4);
    for (let at = 0; at < soak(300); at += 1) expectSame(`^${needed(chance)}${ruledOut(chance)}${body(chance, 2)}$`);
  });

  test('has a list for each thing that is needed, and denies what is ruled out', () => {
    const allows = (pattern: string) => ({ dialect: 'regexp', pattern, decision: 'allow' });
    const denies = (pattern: string) => ({ dialect: 'regexp', pattern, decision: 'deny' });
    expect(policyOfRegExp('^(?=src/.*$)(?=(?!x$).*$)(?!src/a$)(?:b|(?!c$)d)$')).toEqual({
      lists: [
        { otherwise: 'deny', rules: [allows('^(?:src/.*)$')] },
        { otherwise: 'deny', rules: [allows('^(?:.*)$'), denies('^(?:x)$')] },
        { otherwise: 'deny', rules: [allows('^(?:d)$'), denies('^(?:c)$'), allows('^(?:b)$'), denies('^(?:src/a)$')] },
      ],
    });
  });

  test.each(['a', '^a', 'a$', '^a|b$', '^a$|^b$', '', '^(?:a|b)a$', '^$', '^(?:a)(?:b)$', '^(a|b)$'])(
    'and %s, which does not, stays what it is',
    (source) => {
      expectSame(source);
    },
  );

  test.each(['^(?=a)b$', '^(?!a)b$', '^(?!a$|b$)a$', '^(?=a$|b)a$'])(
    'but %s looks at parts and is refused',
    (source) => {
      expect(() => policyOfRegExp(source)).toThrow(
        new UnsupportedPattern(source, 'it looks ahead at a part of the text'),
      );
    },
  );

  test.each(['^(?=a$)$', '^a(?=b$)b$', '^(?:(?!a$)b|c)$', '(?=a$)a'])(
    'and %s, which looks ahead elsewhere, has no automaton',
    (source) => {
      expect(() => decide(policyOfRegExp(source), 'ab')).toThrow(UnsupportedPattern);
    },
  );
});
