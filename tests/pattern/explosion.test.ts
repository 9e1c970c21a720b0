import { expect, test } from 'vitest';
import { atoms } from '../../src/pattern/atoms.ts';
import { compare } from '../../src/pattern/compare.ts';
import { findCall } from '../../src/pattern/find.ts';
import { minimise } from '../../src/pattern/liveness.ts';
import type { PatternRule, Policy, RuleList } from '../../src/pattern/policy.ts';

test('rules made to explode leave every question undecided, within seconds', () => {
  const rules = Array.from({ length: 20 }, (_, at): PatternRule => {
    const [small, large] = [String.fromCharCode(97 + at), String.fromCharCode(65 + at)];
    return { dialect: 'name', decision: 'allow', pattern: `*${small}*${large}*x${at}` };
  });
  const list: RuleList = { rules, otherwise: 'deny' };
  const policy: Policy = { lists: [list] };
  const other: Policy = { lists: [list, { rules: [], otherwise: 'allow' }] };
  const begun = performance.now();
  expect(compare(policy, other, { domain: 'any' }).verdict).toBe('undecided');
  expect(performance.now() - begun).toBeLessThan(10_000);
  expect(findCall(policy, { decisions: ['ask'], domain: 'any' })).toBe('undecided');
  expect(atoms([policy, other], 'any')).toBe('undecided');
  expect(minimise(list, 'any', 10_000)).toEqual(list);
});
