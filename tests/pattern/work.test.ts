import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare } from '../../src/pattern/compare.ts';
import type { Domain } from '../../src/pattern/domain.ts';
import { findCall } from '../../src/pattern/find.ts';
import { fits } from '../../src/pattern/fits.ts';
import type { Dialect, PatternRule, Policy } from '../../src/pattern/policy.ts';

const LETTERS = 'abcdefghijklmnop';

function policy(dialect: Dialect, patterns: readonly string[]): Policy {
  const rules = patterns.map((pattern, at): PatternRule => ({ dialect, pattern, decision: at % 2 ? 'allow' : 'ask' }));
  return { lists: [{ rules, otherwise: 'allow' }] };
}

test.each<[string, Dialect, Domain, readonly string[], number]>([
  ['one pattern of sixteen stars', 'name', 'any', [`*${[...LETTERS].join('*')}*`], 1_000],
  ['the beginnings of sixteen names', 'name', 'any', [...LETTERS].map((letter) => `${letter}*`), 600],
  ['sixteen folders', 'path', 'path', [...LETTERS].map((letter) => `${letter}/**`), 2_000],
  ['sixteen commands', 'command', 'command', [...LETTERS].map((letter) => `${letter} *`), 10_000],
])('that %s never lead to a denial takes few steps', (_, dialect, domain, patterns, budget) => {
  expect(findCall(policy(dialect, patterns), { decisions: ['deny'], domain, budget })).toBe('none');
});

test('that a rule behind a pattern of sixteen stars changes one name takes few steps', () => {
  const stars = `*${[...LETTERS].join('*')}*`;
  const { verdict, cells } = compare(policy('name', [stars]), policy('name', [stars, 'y', 'zz']), {
    domain: 'any',
    budget: 3_000,
  });
  expect(verdict).toBe('stricter');
  expect(cells.filter(({ from, to }) => from !== to)).toMatchObject([{ from: 'allow', to: 'ask', witness: 'zz' }]);
});

test('a text fits a wildcard where an expression says so', () => {
  const pieces = fc.array(fc.constantFrom('a', 'b', '*', '?', '.'), { maxLength: 8 }).map((all) => all.join(''));
  const text = fc.array(fc.constantFrom('a', 'b', '.'), { maxLength: 8 }).map((all) => all.join(''));
  fc.assert(
    fc.property(pieces, text, (wildcard, said) => {
      const expression = wildcard.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(fits(wildcard, said)).toBe(new RegExp(`^${expression}$`, 's').test(said));
    }),
    { numRuns: 2000 },
  );
});
