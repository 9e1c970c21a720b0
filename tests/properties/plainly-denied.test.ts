import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlainlyDenied } from '../../src/analysis/plainly-denied.ts';
import type { Domain } from '../../src/pattern/domain.ts';
import { findCall } from '../../src/pattern/find.ts';
import type { Decision, Dialect, PatternRule, RuleList } from '../../src/pattern/policy.ts';

const decision = fc.constantFrom<Decision>('allow', 'ask', 'deny');
const commands = fc.constantFrom(
  '*',
  'git *',
  'git',
  'git push *',
  'git push',
  'git p*',
  'gitk',
  'npm test',
  'npm *',
  'n?m *',
  '* x',
  'git  push *',
  'git * push *',
  'git pull',
  'git pull push *',
);
const paths = fc.constantFrom(
  '*',
  '**',
  'a/**',
  'a',
  'a/*',
  'a/b',
  './a/b',
  'a/../b',
  'b/**',
  '**/b',
  'a/**/b',
  'ab',
  'a?',
  '/a',
  '~/a',
  '.a/**',
  'a/',
);

const rule = (dialect: Dialect, text: string): PatternRule => {
  const [what, ...words] = text.split(' ');
  return { dialect, decision: what as Decision, pattern: words.join(' ') };
};

test.each([
  ['all is denied, and the rest begins with other letters', ['deny *', 'allow npm *'], 'ask', 'git push *'],
  ['the pattern itself is denied', ['allow git *', 'deny git push *'], 'allow', 'git push *'],
  ['what is allowed before is denied later', ['allow *', 'deny *'], 'allow', 'git push *'],
  ['what is denied once more does no harm', ['deny *', 'deny git *'], 'allow', 'git push *'],
  ['nothing else is said of it', ['allow npm *', 'ask docker run *'], 'deny', 'git push *'],
  ['words part two patterns', ['allow git pull *', 'ask git log'], 'deny', 'git push *'],
  ['letters part two patterns', ['allow n?m *', 'ask gi'], 'deny', 'go *'],
])('that a role may run no command of a pattern is seen at once where %s', (_, rules, otherwise, pattern) => {
  const list = { rules: rules.map((text) => rule('command', text)), otherwise: otherwise as Decision };
  expect(isPlainlyDenied({ lists: [list] }, 'command', pattern)).toBe(true);
  expect(isPlainlyDenied({ lists: [{ rules: [], otherwise: 'allow' }, list] }, 'command', pattern)).toBe(true);
});

test('that a role may change nothing below a folder is seen at once where it may change others', () => {
  const elsewhere = [
    'allow docs/**',
    'ask lib/core/*.ts',
    'allow x',
    'allow src/app.test/**',
    'ask a.b/c',
    'allow -x/y',
  ];
  const list = { rules: elsewhere.map((text) => rule('path', text)), otherwise: 'deny' as const };
  for (const pattern of ['src/app/**', 'tests/**', 'package.json', 'lib/other/a.ts'])
    expect([pattern, isPlainlyDenied({ lists: [list] }, 'path', pattern)]).toEqual([pattern, true]);
});

test.each([
  ['path', 'command', 'src/**', 'git *'],
  ['command', 'path', 'git *', 'src/**'],
] as const)('a rule for another kind of call, as a %s, shows nothing of a %s', (other, dialect, elsewhere, pattern) => {
  const policy = (...rules: readonly PatternRule[]) => ({ lists: [{ rules, otherwise: 'ask' as const }] });
  expect(isPlainlyDenied(policy(rule(other, 'deny *')), dialect, pattern)).toBe(false);
  const denied = rule(dialect, 'deny *');
  expect(isPlainlyDenied(policy(denied), dialect, pattern)).toBe(true);
  expect(isPlainlyDenied(policy(denied, rule(other, `allow ${elsewhere}`)), dialect, pattern)).toBe(false);
});

test('of addresses and names the first letters show nothing, for they are read with more than their letters', () => {
  const list = { rules: [rule('url', 'allow https://a.b/*')], otherwise: 'deny' as const };
  expect(isPlainlyDenied({ lists: [list] }, 'url', 'https://c.d/*')).toBe(false);
});

/** A list of rules and a claim over the patterns of one dialect. */
function cases(dialect: 'command' | 'path', patterns: fc.Arbitrary<string>) {
  const anyRule = fc.record({
    dialect: fc.constant(dialect),
    pattern: patterns,
    decision,
  }) satisfies fc.Arbitrary<PatternRule>;
  const list = fc.record({
    rules: fc.array(anyRule, { maxLength: 5 }),
    otherwise: decision,
  }) satisfies fc.Arbitrary<RuleList>;
  return fc.tuple(fc.array(list, { minLength: 1, maxLength: 2 }), patterns);
}

test.each([
  ['command', commands, ['command']],
  ['path', paths, ['path', 'outside-path']],
] as const)('what the quick proof says of a %s holds for the automata', (dialect, patterns, domains) => {
  let proofs = 0;
  fc.assert(
    fc.property(cases(dialect, patterns), ([lists, pattern]) => {
      if (!isPlainlyDenied({ lists }, dialect, pattern)) return;
      proofs++;
      const answers = domains.map((domain: Domain) =>
        findCall({ lists }, { within: [{ dialect, pattern }], decisions: ['allow', 'ask'], domain }),
      );
      expect(answers).toEqual(domains.map(() => 'none'));
    }),
    { numRuns: 2000 },
  );
  expect(proofs).toBeGreaterThan(40);
});
