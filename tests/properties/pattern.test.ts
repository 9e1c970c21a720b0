import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { atoms } from '../../src/pattern/atoms.ts';
import { compare } from '../../src/pattern/compare.ts';
import { canonical, compile } from '../../src/pattern/compile.ts';
import { decide } from '../../src/pattern/decide.ts';
import { liveness, minimise } from '../../src/pattern/liveness.ts';
import { normalizePath, squeezeBlanks } from '../../src/pattern/normal.ts';
import { plainMatch } from '../../src/pattern/plain-match.ts';
import type { Decision, Dialect, Policy, RuleList } from '../../src/pattern/policy.ts';
import { run } from '../../src/pattern/program.ts';

const SCOPE = { domain: 'command' } as const;
const numRuns = 60 * Number(process.env['TEAMC_SOAK'] ?? 1);

vi.setConfig({ testTimeout: numRuns * 1_000 });

const decision = fc.constantFrom<Decision>('allow', 'ask', 'deny');
const pattern = fc
  .array(fc.constantFrom('git', 'push', 'npm', '*', ' ', ' *', '-f', '?', 'a'), { minLength: 1, maxLength: 5 })
  .map((words) => words.join(''));
const rule = fc.record({ dialect: fc.constantFrom('command', 'opencode', 'claude-bash'), pattern, decision });
const list: fc.Arbitrary<RuleList> = fc.record({ rules: fc.array(rule, { maxLength: 6 }), otherwise: decision });
const policy: fc.Arbitrary<Policy> = fc.record({ lists: fc.array(list, { minLength: 1, maxLength: 2 }) });

function verdict(a: Policy, b: Policy): string {
  return compare(a, b, SCOPE).verdict;
}

describe('the order of policies', () => {
  test('is reflexive, and a policy with more lists is never looser', () => {
    fc.assert(
      fc.property(policy, list, (one, more) => {
        expect(verdict(one, structuredClone(one))).toBe('equal');
        expect(['equal', 'stricter']).toContain(verdict(one, { lists: [...one.lists, more] }));
      }),
      { numRuns },
    );
  });

  test('is antisymmetric: the other way round the verdict is the other way round', () => {
    const turned = {
      equal: 'equal',
      stricter: 'looser',
      looser: 'stricter',
      incomparable: 'incomparable',
      undecided: 'undecided',
    };
    fc.assert(
      fc.property(policy, policy, (a, b) => {
        expect(verdict(b, a)).toBe(turned[verdict(a, b) as keyof typeof turned]);
      }),
      { numRuns },
    );
  });

  test('is transitive, and equal policies compare alike with a third', () => {
    fc.assert(
      fc.property(policy, list, list, (a, x, y) => {
        const b: Policy = { lists: [...a.lists, x] };
        const c: Policy = { lists: [...b.lists, y] };
        const steps = [verdict(a, b), verdict(b, c)];
        expect(verdict(a, c)).toBe(steps.includes('stricter') ? 'stricter' : 'equal');
      }),
      { numRuns },
    );
    fc.assert(
      fc.property(policy, policy, policy, (a, b, c) => {
        const [ab, bc, ac] = [verdict(a, b), verdict(b, c), verdict(a, c)];
        if (ab === 'equal') expect(ac).toBe(bc);
        if (ab === bc && (ab === 'looser' || ab === 'stricter')) expect(ac).toBe(ab);
      }),
      { numRuns },
    );
  });
});

test('every witness really differs, and both rulings are the ones that hold', () => {
  fc.assert(
    fc.property(policy, policy, (a, b) => {
      for (const { from, to, witness, rules } of compare(a, b, SCOPE).cells) {
        expect([decide(a, witness), decide(b, witness)]).toEqual(rules);
        expect(rules.map((ruling) => ruling.decision)).toEqual([from, to]);
      }
    }),
    { numRuns },
  );
});

test('minimising changes no decision and leaves only live rules', () => {
  fc.assert(
    fc.property(list, (one) => {
      const fewer = minimise(one, SCOPE.domain);
      expect(verdict({ lists: [one] }, { lists: [fewer] })).toBe('equal');
      expect(liveness(fewer, SCOPE.domain).map(({ status }) => status)).toEqual(fewer.rules.map(() => 'live'));
    }),
    { numRuns },
  );
});

test('two policies are equal exactly where no atom tells them apart', () => {
  fc.assert(
    fc.property(policy, policy, (a, b) => {
      const classes = atoms([a, b], SCOPE.domain);
      if (classes === 'undecided') throw new Error('the budget ended');
      expect(classes.every(({ decisions }) => decisions[0] === decisions[1])).toBe(verdict(a, b) === 'equal');
    }),
    { numRuns },
  );
});

test('what is seen without an automaton is what the automaton says', () => {
  const told = { yes: 0, no: 0, nothing: 0 };
  const piece = fc.constantFrom(
    'a',
    'b',
    'ab',
    '*',
    '**',
    '?',
    ' ',
    ' *',
    '/',
    '.',
    '-',
    '"',
    "'",
    '\\',
    'é',
    '~',
    ':',
  );
  const text = fc.array(piece, { maxLength: 7 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.constantFrom<Dialect>('command', 'name', 'path', 'url'), text, text, (dialect, one, other) => {
      for (const argument of [other, one, one.replaceAll('*', 'a'), one.replaceAll('*', '')]) {
        const form = canonical(dialect, argument);
        const seen = plainMatch(dialect, one, form);
        told[seen === undefined ? 'nothing' : seen ? 'yes' : 'no']++;
        if (seen !== undefined)
          expect([one, argument, seen]).toEqual([one, argument, run(compile(dialect, one), form)]);
      }
    }),
    { numRuns: 50 * numRuns },
  );
  expect(Math.min(told.yes, told.no, told.nothing)).toBeGreaterThan((told.yes + told.no + told.nothing) / 40);
});

test('of a plain path and a plain pattern it is always seen', () => {
  const plain = fc
    .array(fc.constantFrom('a', 'b', 'a.b', '_-'), { minLength: 1, maxLength: 3 })
    .map((all) => all.join('/'));
  fc.assert(
    fc.property(plain, plain, fc.constantFrom('', '/**'), (one, other, tail) => {
      const pattern = one + tail;
      for (const path of [one, other, `${one}/${other}`])
        expect([pattern, path, plainMatch('path', pattern, path)]).toEqual([
          pattern,
          path,
          run(compile('path', pattern), path),
        ]);
      expect(plainMatch('path', pattern, `../${other}`)).toBeUndefined();
      expect(plainMatch('path', `${one}*`, other)).toBeUndefined();
    }),
    { numRuns: 5 * numRuns },
  );
  expect([5_000, 5_001].map((length) => plainMatch('name', 'a'.repeat(length), 'a'))).toEqual([false, undefined]);
});

test('of commands and names it is always seen, of URLs never', () => {
  const dialects = ['command', 'name', 'url'] as const;
  fc.assert(
    fc.property(fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), (one, other) => {
      const seen = dialects.map((dialect) => typeof plainMatch(dialect, one, canonical(dialect, other)));
      expect(seen).toEqual(['boolean', 'boolean', 'undefined']);
    }),
    { numRuns },
  );
});

test('normal forms are stable', () => {
  const path = fc
    .array(fc.constantFrom('a', '..', '.', '/', '~', '\\', 'C:', ' '), { maxLength: 8 })
    .map((parts) => parts.join(''));
  const command = fc
    .array(fc.constantFrom('a', ' ', '\t', '"', "'", '\\'), { maxLength: 10 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(path, command, (one, line) => {
      expect(normalizePath(normalizePath(one))).toBe(normalizePath(one));
      expect(squeezeBlanks(squeezeBlanks(line))).toBe(squeezeBlanks(line));
    }),
    { numRuns: numRuns * 20 },
  );
});
