import { describe, expect, test } from 'vitest';
import { alphabetOf } from '../../src/pattern/alphabet.ts';
import { type CharSet, charSet, has } from '../../src/pattern/charset.ts';
import { edgeTable } from '../../src/pattern/edge-table.ts';
import { compileList, decisionMachine, winnerMachine } from '../../src/pattern/list-machine.ts';
import type { Machine } from '../../src/pattern/machine.ts';
import { meter, withinBudget } from '../../src/pattern/meter.ts';
import { type Decision, type RuleList, rank } from '../../src/pattern/policy.ts';
import { merge, sideBySide, strictest } from '../../src/pattern/product.ts';
import { alphabetFor } from '../../src/pattern/question.ts';
import { every, listOf, naiveDecision, naiveMatch, type Random, random, soak } from './brute-force.ts';

const LETTERS = 'ab /';
const WORDS = every(LETTERS, 3);
const ENDS = every(LETTERS, 2);
const PLENTY = meter(Number.POSITIVE_INFINITY);

function rounds(count: number, check: (chance: Random) => void): void {
  for (let at = 0; at < soak(count); at += 1) check(random(at + 1));
}

/** Where a machine stands after a text. */
function after(machine: Machine, text: string, classOf: (unit: number) => number): number {
  let state = machine.start;
  for (const letter of text) state = machine.step(state, classOf(letter.charCodeAt(0)));
  return state;
}

/** Holds what a machine says of itself to what it does: which characters matter, and where it has settled. */
function expectTruthful(machine: Machine, size: number, classOf: (unit: number) => number): number {
  const outcomeAfter = (word: string): number => machine.outcome(after(machine, word, classOf));
  const states = new Map(WORDS.map((word) => [after(machine, word, classOf), word]));
  let settled = 0;
  for (const [state, word] of states) {
    const relevant = machine.relevant(state);
    const others = [...Array(size).keys()].filter((char) => !relevant.includes(char));
    const leads = new Set(others.map((char) => machine.step(state, char)));
    expect([[...relevant].sort((x, y) => x - y), leads.size <= 1]).toEqual([relevant, true]);
    if (!machine.settled(state)) continue;
    settled += 1;
    expect([word, new Set(ENDS.map((end) => outcomeAfter(word + end)))]).toEqual([
      word,
      new Set([machine.outcome(state)]),
    ]);
  }
  return settled;
}

/** The rule of a list that decides a text, and the decision without it. */
function naiveWinner(list: RuleList, text: string): { readonly rule: number | undefined; readonly without: number } {
  const matching = [...list.rules.keys()].filter((at) => naiveMatch(list.rules[at]!, text));
  const below = matching.at(-2);
  return {
    rule: matching.at(-1),
    without: rank(below === undefined || matching.length < 2 ? list.otherwise : list.rules[below]!.decision),
  };
}

describe('The automaton of a list', () => {
  test('decides as its rules read one by one, and knows what matters and when nothing does any more', () => {
    let settled = 0;
    rounds(60, (chance) => {
      const list = listOf(chance, 6);
      const alphabet = alphabetFor([compileList(list)]);
      const machine = decisionMachine(compileList(list), alphabet, PLENTY);
      const decided = WORDS.map((word) => machine.outcome(after(machine, word, alphabet.classOf)));
      expect([list, decided]).toEqual([list, WORDS.map((word) => rank(naiveDecision({ lists: [list] }, word)))]);
      settled += expectTruthful(machine, alphabet.size, alphabet.classOf);
    });
    expect(settled).toBeGreaterThan(10);
  });

  test('names the rule that wins and what would be decided without it', () => {
    rounds(60, (chance) => {
      const list = listOf(chance, 6);
      const alphabet = alphabetFor([compileList(list)]);
      const { machine, read } = winnerMachine(compileList(list), alphabet, PLENTY);
      const won = WORDS.map((word) => read(machine.outcome(after(machine, word, alphabet.classOf))));
      expect([list, won]).toEqual([list, WORDS.map((word) => naiveWinner(list, word))]);
      expectTruthful(machine, alphabet.size, alphabet.classOf);
    });
  });

  test('runs beside others: as the strictest of them, or telling what each says', () => {
    rounds(25, (chance) => {
      const lists = Array.from({ length: 1 + chance(4) }, () => listOf(chance, 3));
      const alphabet = alphabetFor(lists.map(compileList));
      const machines = lists.map((list) => decisionMachine(compileList(list), alphabet, PLENTY));
      const least = strictest(machines, alphabet.size, PLENTY);
      const each = sideBySide(machines, alphabet.size, PLENTY);
      const ranks = WORDS.map((word) => lists.map((list) => rank(naiveDecision({ lists: [list] }, word))));
      const outcomes = (machine: Machine) =>
        WORDS.map((word) => machine.outcome(after(machine, word, alphabet.classOf)));
      expect([lists, outcomes(least)]).toEqual([lists, ranks.map((some) => Math.min(...some))]);
      expect([lists, outcomes(each.machine).map(each.read)]).toEqual([lists, ranks]);
      expectTruthful(least, alphabet.size, alphabet.classOf);
      expectTruthful(each.machine, alphabet.size, alphabet.classOf);
    });
  });

  test('has settled beside others where one of them denies for good, or all have settled', () => {
    const lists = (['deny', 'allow'] as const).map((otherwise): RuleList => ({ rules: [], otherwise }));
    const open: RuleList = { rules: [{ dialect: 'name', pattern: 'a', decision: 'allow' }], otherwise: 'deny' };
    const alphabet = alphabetFor([compileList(open)]);
    const [denies, allows, may] = [...lists, open].map((list) => decisionMachine(compileList(list), alphabet, PLENTY));
    const settled = (
      joined: (machines: readonly Machine[]) => Machine,
      ...machines: readonly (Machine | undefined)[]
    ): boolean => {
      const machine = joined(machines.map((one) => one!));
      return machine.settled(machine.start);
    };
    const least = (machines: readonly Machine[]): Machine => strictest(machines, alphabet.size, PLENTY);
    const each = (machines: readonly Machine[]): Machine => sideBySide(machines, alphabet.size, PLENTY).machine;
    const pairs = [
      [denies, may],
      [may, denies],
      [allows, allows],
      [allows, may],
      [may, allows],
    ];
    expect(pairs.map((pair) => settled(least, ...pair))).toEqual([true, true, true, false, false]);
    expect(pairs.map((pair) => settled(each, ...pair))).toEqual([false, false, true, false, false]);
  });

  test.each<[string, number, readonly (readonly [Decision, string])[]]>([
    ['stars in a row do not multiply', 5, [['allow', '*a*b*c*d*']]],
    [
      'what is below a rule for everything is forgotten',
      1,
      [
        ['deny', '*a*b*'],
        ['allow', '*c*d*'],
        ['ask', '*'],
      ],
    ],
    [
      'what decides as what lies under it is forgotten',
      1,
      [
        ['deny', '*a*b*'],
        ['deny', '*c*d*'],
      ],
    ],
    [
      'so it is above a rule for everything',
      1,
      [
        ['ask', 'x*'],
        ['allow', '*'],
        ['allow', '*a*b*'],
        ['allow', 'c'],
      ],
    ],
    [
      'a rule that has matched for good hides those below it',
      4,
      [
        ['ask', '*c*d'],
        ['allow', '*a*'],
      ],
    ],
    ['a beginning that does not fit is left at once', 5, [['allow', 'abc*']]],
  ])('has few states: %s', (_, most, rules) => {
    const list: RuleList = {
      rules: rules.map(([decision, pattern]) => ({ dialect: 'name', pattern, decision })),
      otherwise: 'deny',
    };
    const alphabet = alphabetFor([compileList(list)]);
    const machine = decisionMachine(compileList(list), alphabet, PLENTY);
    const states = new Set([machine.start]);
    for (const state of states)
      for (let char = 0; char < alphabet.size; char += 1) states.add(machine.step(state, char));
    expect(states.size).toBe(most);
  });
});

test('characters are one class exactly where no set tells them apart, and the nicest stands for it', () => {
  const units = [0, 1, 0x20, 0x2f, 0x41, 0x61, 0x62, 0x63, 0x7a, 0xe000, 0xfffe, 0xffff];
  rounds(150, (chance) => {
    const sets = Array.from({ length: chance(5) }, (): CharSet => {
      const [one, other] = [units[chance(units.length)]!, units[chance(units.length)]!];
      const more = units[chance(units.length)]!;
      return charSet([Math.min(one, other), Math.max(one, other), more, more]);
    });
    const { size, sample, classOf, row, relevant } = alphabetOf(sets);
    expect(sample.length).toBe(size);
    const alike = (a: number, b: number): boolean => sets.every((set) => has(set, a) === has(set, b));
    for (const a of units)
      for (const b of units) expect([a, b, classOf(a) === classOf(b)]).toEqual([a, b, alike(a, b)]);
    for (const [at, letter] of sample.entries()) expect(classOf(letter.charCodeAt(0))).toBe(at);
    expect(sample[0]).toBe('a');
    expect(sample[classOf(0x62)]).toBe(alike(0x61, 0x62) ? 'a' : 'b');
    for (const set of sets) {
      expect([...row(set)]).toEqual(sample.map((letter) => Number(has(set, letter.charCodeAt(0)))));
      const bulk = has(set, 0xe000);
      expect(relevant(set)).toEqual([...sample.keys()].filter((at) => has(set, sample[at]!.charCodeAt(0)) !== bulk));
    }
  });
});

test('a table of edges remembers what was set, however many states there are', () => {
  const chance = random(9);
  for (const width of [1, 3, 40]) {
    const table = edgeTable(width);
    const known = new Map<string, number>();
    for (let at = 0; at < 300; at += 1) {
      const [state, char] = [chance(2 ** chance(10)), chance(width)];
      expect(table.get(state, char)).toBe(known.get(`${state} ${char}`) ?? -1);
      known.set(`${state} ${char}`, at);
      table.set(state, char, at);
      expect(table.get(state, char)).toBe(at);
    }
  }
});

test('two ascending lists become one without repeats', () => {
  rounds(100, (chance) => {
    const some = (): number[] => [...Array(7).keys()].filter(() => chance(2) === 0);
    const [a, b] = [some(), some()];
    expect(merge(a, b)).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y));
  });
});

test('a budget lasts for just so much work, and other mistakes are not taken for its end', () => {
  expect(withinBudget(() => meter(5).spend(5))).toBe(true);
  expect(withinBudget(() => meter(5).spend(6))).toBe(false);
  const limit = meter(5);
  expect(withinBudget(() => limit.spend(5))).toBe(true);
  expect(withinBudget(() => limit.spend(1))).toBe(false);
  const mistake = new Error('a mistake');
  expect(() =>
    withinBudget(() => {
      throw mistake;
    }),
  ).toThrow(mistake);
});
