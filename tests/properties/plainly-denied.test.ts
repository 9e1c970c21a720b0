import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlainlyDenied } from '../../src/analysis/plainly-denied.ts';
import type { Domain } from '../../src/pattern/domain.ts';
import { findCall } from '../../src/pattern/find.ts';
import type { PatternRule, RuleList } from '../../src/pattern/policy.ts';

const decision = fc.constantFrom('allow', 'ask', 'deny');
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

/** A list of rules and a claim over the patterns of one dialect. */
function cases(dialect: 'command' | 'path', patterns: fc.Arbitrary<string>) {
  const rule = fc.record({
    dialect: fc.constant(dialect),
    pattern: patterns,
    decision,
  }) satisfies fc.Arbitrary<PatternRule>;
  const list = fc.record({
    rules: fc.array(rule, { maxLength: 5 }),
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
