import { describe, expect, test, vi } from 'vitest';
import { atoms } from '../../src/pattern/atoms.ts';
import { compare } from '../../src/pattern/compare.ts';
import { compile } from '../../src/pattern/compile.ts';
import { decide } from '../../src/pattern/decide.ts';
import { findCall } from '../../src/pattern/find.ts';
import { type Liveness, liveness, minimise } from '../../src/pattern/liveness.ts';
import { normalizePath } from '../../src/pattern/normal.ts';
import { type Decision, type Dialect, type Policy, type RuleList, rank } from '../../src/pattern/policy.ts';
import { run } from '../../src/pattern/program.ts';
import {
  every,
  listOf,
  naiveDecision,
  naiveMatch,
  naivePath,
  pathPatternOf,
  type Random,
  random,
  soak,
} from './brute-force.ts';

vi.setConfig({ testTimeout: soak(60_000) });

const WORDS = every('ab /', 6);
const ANY = { domain: 'any' } as const;

function policyOf(chance: Random): Policy {
  return { lists: Array.from({ length: 1 + chance(2) }, () => listOf(chance, 8)) };
}

function decisionsOf(policy: Policy): readonly Decision[] {
  return WORDS.map((word) => naiveDecision(policy, word));
}

function rounds(count: number, check: (chance: Random) => void): void {
  for (let at = 0; at < soak(count); at += 1) check(random(at + 1));
}

describe('against every string of at most six letters', () => {
  test('a policy decides what reading its rules one by one decides', () => {
    rounds(25, (chance) => {
      const policy = policyOf(chance);
      for (const [at, word] of WORDS.entries()) {
        if (at % 5 !== 0) continue;
        expect([policy, word, decide(policy, word).decision]).toEqual([policy, word, naiveDecision(policy, word)]);
      }
    });
  });

  test('a comparison finds every cell, and its witnesses are in them', () => {
    rounds(150, (chance) => {
      const [a, b] = [policyOf(chance), policyOf(chance)];
      const { cells, verdict } = compare(a, b, ANY);
      expect(verdict).not.toBe('undecided');
      const pairs = new Set(cells.map(({ from, to }) => `${from} ${to}`));
      const [ofA, ofB] = [decisionsOf(a), decisionsOf(b)];
      for (const at of WORDS.keys())
        if (!pairs.has(`${ofA[at]} ${ofB[at]}`)) expect([a, b, WORDS[at]]).toBe('in a cell');
      for (const { from, to, witness, rules } of cells) {
        expect([naiveDecision(a, witness), naiveDecision(b, witness)]).toEqual([from, to]);
        expect(rules.map(({ decision }) => decision)).toEqual([from, to]);
      }
    });
  });

  test('a verdict says what the cells say', () => {
    rounds(60, (chance) => {
      const [a, b] = [policyOf(chance), policyOf(chance)];
      const { cells, verdict } = compare(a, b, ANY);
      const looser = cells.some(({ from, to }) => rank(to) > rank(from));
      const stricter = cells.some(({ from, to }) => rank(to) < rank(from));
      expect(verdict).toBe(looser ? (stricter ? 'incomparable' : 'looser') : stricter ? 'stricter' : 'equal');
    });
  });

  test('a live rule changes decisions, a redundant one wins without changing any, a dead one never wins', () => {
    rounds(100, (chance) => {
      const list = listOf(chance, 8);
      for (const [rule, state] of liveness(list, ANY.domain).entries()) checkState(list, rule, state);
    });
  });

  test('the shadows of a dead rule are the rules that decide what it matches', () => {
    rounds(100, (chance) => {
      const list = listOf(chance, 8);
      for (const [rule, state] of liveness(list, ANY.domain).entries()) {
        if (state.status !== 'dead') continue;
        for (const shadow of shadowsOf(list, rule))
          expect([list, rule, state.shadowedBy]).toEqual([list, rule, expect.arrayContaining([shadow])]);
      }
    });
  });

  test('a minimised list decides the same, and has no rule that does nothing', () => {
    rounds(60, (chance) => {
      const list = listOf(chance, 8);
      const fewer = minimise(list, ANY.domain);
      expect(decisionsOf({ lists: [fewer] })).toEqual(decisionsOf({ lists: [list] }));
      expect(liveness(fewer, ANY.domain).every(({ status }) => status === 'live')).toBe(true);
    });
  });

  test('the atoms of some policies are all the ways in which they decide', () => {
    rounds(60, (chance) => {
      const policies = Array.from({ length: 3 }, () => policyOf(chance));
      const found = atoms(policies, ANY.domain);
      if (found === 'undecided') throw new Error('undecided');
      const keys = found.map(({ decisions }) => decisions.join());
      expect(new Set(keys).size).toBe(keys.length);
      for (const { witness, decisions } of found)
        expect(policies.map((policy) => naiveDecision(policy, witness))).toEqual(decisions);
      const columns = policies.map(decisionsOf);
      const seen = new Set(WORDS.map((_, at) => columns.map((column) => column[at]).join()));
      expect([...seen].filter((key) => !keys.includes(key))).toEqual([]);
    });
  });

  test('a call is found where there is one, and is a shortest one', () => {
    rounds(120, (chance) => {
      const policy = policyOf(chance);
      const within = listOf(chance, 2).rules;
      const decisions = [(['allow', 'ask', 'deny'] as const)[chance(3)]!];
      const found = findCall(policy, { within, decisions, domain: 'any' });
      const fits = (word: string) =>
        within.every((rule) => naiveMatch(rule, word)) && decisions.includes(naiveDecision(policy, word));
      const first = WORDS.find(fits);
      if (typeof found === 'string')
        expect([policy, within, found, first]).toEqual([policy, within, 'none', undefined]);
      else {
        expect(fits(found.witness)).toBe(true);
        if (first !== undefined) expect(found.witness.length).toBeLessThanOrEqual(first.length);
      }
    });
  });
});

describe('against every path of at most six letters', () => {
  const paths = every('ab./', 6).filter((path) => normalizePath(path) === path);
  const inside = paths.filter((path) => !/^(?:\/|\.\.(?:\/|$)|\.$)/.test(path));

  test('a path pattern matches what its definition says, inside the project and outside', () => {
    rounds(80, (chance) => {
      const pattern = pathPatternOf(chance);
      const program = compile('path', pattern);
      expect([pattern, paths.filter((path) => run(program, path) !== naivePath(pattern, path))]).toEqual([pattern, []]);
    });
  });

  test('a comparison of paths with an opencode list finds every cell', () => {
    rounds(50, (chance) => {
      const rules = listOf(chance, 4).rules.map((rule) => ({ ...rule, pattern: pathPatternOf(chance) }));
      const read = (dialect: Dialect): Policy => ({
        lists: [{ rules: rules.map((rule) => ({ ...rule, dialect })), otherwise: 'ask' }],
      });
      const [ours, theirs] = [read('path'), read('opencode')];
      const pair = (path: string): string =>
        `${rules.findLast(({ pattern }) => naivePath(pattern, path))?.decision ?? 'ask'} ${naiveDecision(theirs, path)}`;
      const { cells } = compare(ours, theirs, { domain: 'path' });
      const found = cells.map(({ from, to }) => `${from} ${to}`);
      expect([rules, inside.filter((path) => !found.includes(pair(path)))]).toEqual([rules, []]);
      expect([rules, cells.map(({ witness }) => pair(normalizePath(witness)))]).toEqual([rules, found]);
    });
  });
});

function checkState(list: RuleList, rule: number, state: Liveness): void {
  const without: RuleList = { ...list, rules: list.rules.filter((_, at) => at !== rule) };
  const changes = (word: string) =>
    naiveDecision({ lists: [list] }, word) !== naiveDecision({ lists: [without] }, word);
  const wins = (word: string) => list.rules.findLastIndex((one) => naiveMatch(one, word)) === rule;
  const seen = WORDS.some(changes) ? 'live' : WORDS.some(wins) ? 'redundant' : 'dead';
  // Short strings may show less than there is, never more.
  const rightful = { dead: ['live', 'redundant', 'dead'], redundant: ['live', 'redundant'], live: ['live'] }[seen];
  expect([list, rule, rightful]).toEqual([list, rule, expect.arrayContaining([state.status])]);
  if (state.status === 'live') expect([list, rule, changes(state.witness)]).toEqual([list, rule, true]);
  if (state.status === 'redundant') expect([list, rule, wins(state.witness)]).toEqual([list, rule, true]);
}

function shadowsOf(list: RuleList, rule: number): readonly number[] {
  const own = WORDS.filter((word) => naiveMatch(list.rules[rule]!, word));
  return [...new Set(own.map((word) => list.rules.findLastIndex((one) => naiveMatch(one, word))))];
}
