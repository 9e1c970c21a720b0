import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyComparer } from '../../src/analysis/compare-lists.ts';
import { compare } from '../../src/pattern/compare.ts';
import { decide } from '../../src/pattern/decide.ts';
import type { Decision, Dialect, PatternRule, Policy, RuleList } from '../../src/pattern/policy.ts';

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

describe('Comparing what two roles may do', () => {
  const say = (decision: Decision, pattern: string, dialect: Dialect = 'name'): PatternRule => ({
    dialect,
    pattern,
    decision,
  });
  const only = (...rules: readonly PatternRule[]): Policy => ({ lists: [{ rules, otherwise: 'ask' }] });
  /** Rules whose automaton is too large to be searched. */
  const intricate = Array.from({ length: 20 }, (_, at) => {
    const [small, large] = [String.fromCharCode(97 + at), String.fromCharCode(65 + at)];
    return say('allow', `*${small}*${large}*x${at}`);
  });
  const comparer = policyComparer();
  const compared = (...asked: Parameters<typeof comparer>) => {
    const { cells, complete } = comparer(...asked);
    return { cells: cells.map(({ from, to, witness }) => ({ from, to, witness })), complete };
  };

  test('finds the difference although what they share behind it is too intricate to be searched', () => {
    expect(compared('name', only(say('allow', 'git'), ...intricate), only(say('deny', 'git'), ...intricate))).toEqual({
      cells: [{ from: 'allow', to: 'deny', witness: 'git' }],
      complete: true,
    });
    expect(compared('name', only(...intricate), only(say('deny', 'git'), ...intricate))).toEqual({
      cells: [{ from: 'ask', to: 'deny', witness: 'git' }],
      complete: true,
    });
  });

  test('says that not all was searched where what parts them is too intricate', () => {
    const touched = say('ask', 'git');
    expect(
      compared(
        'name',
        only(say('allow', 'git'), ...intricate, touched),
        only(say('deny', 'git'), ...intricate, touched),
      ),
    ).toMatchObject({ complete: false });
  });

  test('looks at what they share behind it where that decides the calls in question', () => {
    const end = say('ask', 'git');
    expect(compared('name', only(say('allow', 'git'), end), only(say('deny', 'git'), end))).toEqual({
      cells: [],
      complete: true,
    });
  });

  test('takes a rule that is read in another way for another rule', () => {
    const [dots, name] = [say('deny', 'a.c', 'regexp'), say('deny', 'a.c')];
    const { cells, complete } = compared('name', only(name), only(dots));
    expect(complete).toBe(true);
    expect(cells).toHaveLength(1);
    expect([decide(only(name), cells[0]!.witness).decision, decide(only(dots), cells[0]!.witness).decision]).toEqual([
      'ask',
      'deny',
    ]);
  });

  test('counts every list of a role, also of one that has none', () => {
    const rule = say('allow', 'git');
    const two: Policy = { lists: [...only(rule).lists, { rules: [rule], otherwise: 'deny' }] };
    const denied = [{ from: 'ask', to: 'deny', witness: expect.any(String) }];
    expect(compared('name', only(rule), two)).toEqual({ cells: denied, complete: true });
    expect(compared('name', two, only(rule))).toEqual({
      cells: [{ from: 'deny', to: 'ask', witness: expect.any(String) }],
      complete: true,
    });
    expect(compared('name', { lists: [] }, only(rule)).cells).toMatchObject([{ from: 'allow', to: 'ask' }]);
    expect(compared('name', only(rule), { lists: [] }).cells).toMatchObject([{ from: 'ask', to: 'allow' }]);
    expect(compared('name', { lists: [] }, { lists: [] })).toEqual({ cells: [], complete: true });
  });

  test('is incomplete by a pattern that no automaton can read, be it of one or shared', () => {
    const odd = say('deny', '(?=a)', 'regexp');
    expect(compared('name', only(), only(odd))).toEqual({ cells: [], complete: false });
    expect(compared('name', only(say('allow', 'git'), odd), only(say('deny', 'git'), odd)).complete).toBe(false);
  });
});
