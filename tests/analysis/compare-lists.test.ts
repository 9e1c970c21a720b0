import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyComparer } from '../../src/analysis/compare-lists.ts';
import { compare } from '../../src/pattern/compare.ts';
import { decide } from '../../src/pattern/decide.ts';
import type { PatternRule, RuleList } from '../../src/pattern/policy.ts';

const rule = fc.record({
  dialect: fc.constant('command' as const),
  pattern: fc.constantFrom('*', 'git *', 'git push *', 'git push', 'npm *', 'npm test', '*--force*', 'terraform *'),
  decision: fc.constantFrom('allow' as const, 'ask' as const, 'deny' as const),
});
const rules = fc.array(rule, { maxLength: 4 });

test('leaving out what two lists end in finds the same differences', () => {
  fc.assert(
    fc.property(rules, rules, rules, (a, b, end) => {
      const list = (own: readonly PatternRule[]): { lists: readonly RuleList[] } => ({
        lists: [{ rules: [...own, ...end], otherwise: 'ask' }],
      });
      const { cells, complete } = policyComparer()('command', list(a), list(b));
      const plain = compare(list(a), list(b), { domain: 'command' }).cells.filter(({ from, to }) => from !== to);
      expect(complete).toBe(true);
      expect(cells.map(({ from, to }) => `${from} ${to}`)).toEqual(plain.map(({ from, to }) => `${from} ${to}`));
      for (const { from, to, witness } of cells)
        expect([decide(list(a), witness).decision, decide(list(b), witness).decision]).toEqual([from, to]);
    }),
    { numRuns: 150 },
  );
});
