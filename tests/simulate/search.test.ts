import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Choice } from '../../src/simulate/choice.ts';
import { endName, explore, isFault, type Progress, picksOf } from '../../src/simulate/explore.ts';
import { hashed, uniform } from '../../src/simulate/hash.ts';
import { forkedMind, keyedMind, Misfit } from '../../src/simulate/minds/forked.ts';
import { likeliest, rulesMind } from '../../src/simulate/minds/rules.ts';
import { seededMind } from '../../src/simulate/minds/seeded.ts';
import { play } from '../../src/simulate/play.ts';
import { simplest } from '../../src/simulate/shortest.ts';
import { Visited } from '../../src/simulate/visited.ts';
import type { World } from '../../src/simulate/world.ts';
import { searchAll } from './naive-search.ts';
import { worldFrom } from './played.ts';

const TEAM = `
name: shop
entry: lead
escalation: [{ by: self, retries: 2 }, { name: top, by: { person: user } }]
roles:
  lead: { description: Leads., tools: [read], delegates-to: [dev, ops] }
  dev: { description: Works., tools: [shell], permissions: { shell: allow } }
  ops: { description: Ships., tools: [shell], permissions: { shell: allow } }
`;

const SCENARIO = `request: Go
tasks: { a: { do: it, to: dev, effort: [1h, 150m], calls: { shell: make } }, b: { do: it, to: ops, effort: [1m, 90s] } }
outcomes: { a: { ok: 90%, red: 10% }, b: { ok: 95%, slow: 5%, never: 0% } }
faults: [{ tool-error: { shell: make }, chance: 1% }]
people: { user: { approves: 90%, answers-in: 1m } }
`;

const EXPECT = `expect:
  - { name: no red, never: { failed: red } }
  - { name: no top, never: { escalated: top } }
  - { name: quick, eventually: done, within: 2h }
  - { name: busy, utilization: dev, at-least: 60% }
  - { name: ends, eventually: done }
  - { name: few, count: failed, at-most: 1 }
  - { name: often, share: done, at-least: 50% }
`;

function searched(world: World, faults: number, states = 1_000_000) {
  const search = explore(world, { faults, states });
  let next = search.next();
  while (!next.done) next = search.next();
  return next.value;
}

const world = worldFrom(TEAM, SCENARIO + EXPECT);

describe('the shortest way to what a search found', () => {
  const find = () => searched(world, 3);

  test('is said by the choices that are unlikely about it, and no others', () => {
    const ways = find().broken.map((way, broken) => {
      if (!way) return 'in every run';
      const { forks, faults, steps } = simplest(world, way, { broken });
      return `${faults} faults, ${steps} steps: ${[...forks].map(([key, pick]) => `${key}=${pick}`).join(' ')}`;
    });
    expect(ways).toEqual([
      '1 faults, 18 steps: task:a/try:1/outcome=red',
      '3 faults, 23 steps: task:a/try:1/call:0/answer=tool-error task:a/try:2/call:0/answer=tool-error task:a/try:3/call:0/answer=tool-error',
      '1 faults, 18 steps: task:a/try:1/effort=150m task:a/try:1/outcome=red',
      '3 faults, 28 steps: task:a/try:1/call:0/answer=tool-error task:a/try:2/call:0/answer=tool-error task:a/try:3/call:0/answer=tool-error',
      'in every run',
      '2 faults, 17 steps: task:a/try:1/call:0/answer=tool-error task:a/try:2/call:0/answer=tool-error',
      'in every run',
    ]);
  });

  test('leads there again when it is played, in as many steps', () => {
    for (const [broken, way] of find().broken.entries()) {
      if (!way) continue;
      const { forks } = simplest(world, way, { broken });
      const one = play(world, forkedMind(rulesMind, forks));
      const other = play(world, keyedMind(way.picks));
      expect(simplest(world, { ...way, picks: one.picks.slice(0, way.picks.length) }, { broken }).steps).toBe(
        way.steps,
      );
      expect(other.picks.slice(0, way.picks.length)).toEqual(way.picks);
    }
  });

  test('to each end needs as few faults as can be', () => {
    const ends = [...find().ends].map(([end, way]) => {
      const { forks, faults } = simplest(world, way, { end });
      return `${end} with ${faults}: ${[...forks].map(([key, pick]) => `${key}=${pick}`).join(' ')}`;
    });
    expect(ends).toEqual(['done with 0: ']);
  });

  test('to an end leads there, and names what has to go wrong for it', () => {
    const stern = worldFrom(TEAM, SCENARIO.replace('approves: 90%', 'approves: 0%'));
    const found = searched(stern, 4).ends;
    expect([...found.keys()]).toEqual(['done', 'failed']);
    for (const [end, way] of found) {
      const { forks, faults, steps } = simplest(stern, way, { end });
      const { over, state } = play(stern, forkedMind(rulesMind, forks));
      expect([endName(over), state.steps, faults]).toEqual([end, steps, way.faults]);
      expect(forks.size).toBe(end === 'done' ? 0 : 3);
    }
  });

  test('is found within a number of faults, or not at all', () => {
    expect(searched(world, 0).broken.map((way) => way?.faults ?? 'kept')).toEqual([
      'kept',
      'kept',
      0,
      'kept',
      'kept',
      'kept',
      'kept',
    ]);
    expect(searched(world, 1).broken.map((way) => way?.faults ?? 'kept')).toEqual([
      1,
      'kept',
      1,
      'kept',
      'kept',
      'kept',
      'kept',
    ]);
    expect([...searched(world, 0).ends.keys()]).toEqual(['done']);
  });
});

test('a search that a bound stops says so, and one that does not is silent', () => {
  expect('stopped' in searched(world, 1)).toBe(false);
  expect(searched(world, 3, 50).stopped).toBe('the limit of 50 states');
  const asked = explore(world, { faults: 1, states: 1000 });
  expect(asked.next()).toEqual({
    value: {
      states: 10,
      waiting: 1,
      steps: 10,
    },
    done: false,
  });
  expect(asked.next('a wish')).toMatchObject({ done: true, value: { stopped: 'a wish', faults: 1 } });
});

test('how far a search is, is told again after some thousand states: how many there were, and how many choices wait', () => {
  const more = SCENARIO.replace('b: { do', 'c: { do: it, to: ops, effort: [2m, 3m], needs: b }, b: { do').replace(
    'outcomes: {',
    'outcomes: { c: { ok: 60%, red: 20%, slow: 20% },',
  );
  const search = explore(worldFrom(TEAM, more), { faults: 7, states: 1_000_000 });
  const told: Progress[] = [];
  let next = search.next();
  for (; !next.done; next = search.next()) told.push(next.value);
  const { states, branches } = next.value;
  expect(states).toBeGreaterThan(4 * 4096);
  expect(told.length).toBe(1 + Math.floor((states - 10) / 4096));
  expect(told[0]).toEqual({ states: 10, waiting: 1, steps: 10 });
  for (const [at, each] of told.slice(1).entries()) {
    expect(each.states - told[at]!.states).toBeGreaterThanOrEqual(4096);
    expect(each.states - told[at]!.states).toBeLessThan(4096 + 100);
    expect(each.steps).toBeGreaterThanOrEqual(told[at]!.steps);
    expect(each.waiting).toBeGreaterThan(0);
    expect(each.waiting).toBeLessThan(branches);
  }
});

test('that a time is over shows in the next event, whatever happens then', () => {
  const slow = worldFrom(TEAM, `${SCENARIO}expect: [{ name: quick, eventually: { passed: a }, within: 30m }]\n`);
  const found = searched(slow, 0).broken[0]!;
  const naive = searchAll(slow, 0, 1000)!.broken[0]!;
  expect({ steps: found.steps, faults: found.faults }).toEqual(naive);
  const both = `expect: [{ name: calm, never: { passed: a } }, { name: quick, eventually: { passed: a }, within: 30m }]\n`;
  expect(searched(worldFrom(TEAM, SCENARIO + both), 0).broken.map((way) => way?.steps)).toEqual([
    undefined,
    naive.steps,
  ]);
});

test('a limit of the scenario leaves open what it stopped, unless another run breaks it', () => {
  const short = worldFrom(TEAM, `${SCENARIO}limits: { wall: 2h }\n${EXPECT}`);
  const { open, broken, ends } = searched(short, 1);
  expect(open).toEqual([false, false, true, false, true, false, false]);
  expect(broken.map((way) => way !== undefined)).toEqual([true, false, false, true, false, false, false]);
  expect([...ends.keys()]).toEqual(['done', 'limit wall']);
});

test('at a choice each option that can be is played, and both ends of a length of time', () => {
  const hash = { high: 0, low: 0 };
  const options = [
    { name: 'ok', share: 0.5 },
    { name: 'red', share: 0.5 },
    { name: 'never', share: 0 },
  ];
  const one = { kind: 'one', key: 'k', hash, options, fault: true } as const;
  expect(picksOf(one)).toEqual(['ok', 'red']);
  expect(picksOf({ kind: 'amount', key: 'k', hash, least: 3, most: 7 })).toEqual([3, 7]);
  expect([isFault(one, 'ok'), isFault(one, 'red'), isFault({ ...one, fault: false }, 'red')]).toEqual([
    false,
    true,
    false,
  ]);
  expect(isFault({ kind: 'amount', key: 'k', hash, least: 3, most: 7 }, 7)).toBe(false);
  expect([endName({ kind: 'done' }), endName({ kind: 'limit', limit: 'wall', value: 1 })]).toEqual([
    'done',
    'limit wall',
  ]);
});

test('the first of the likeliest options is taken where nothing is left to chance, and the middle of a length of time', () => {
  const hash = { high: 0, low: 0 };
  const of = (...shares: readonly number[]): Choice => ({
    kind: 'one',
    key: 'k',
    hash,
    fault: true,
    options: shares.map((share, at) => ({ name: `${at}`, share })),
  });
  expect([of(0.5, 0.5), of(0.3, 0.4, 0.3), of(0.2, 0.4, 0.4), of(1)].map(likeliest)).toEqual(['0', '1', '1', '0']);
  expect(likeliest({ kind: 'amount', key: 'k', hash, least: 3, most: 8 })).toBe(6);
});

test('by chance the option is taken in whose part of the whole the draw lies, and never one without a share', () => {
  const shares = fc.array(fc.nat(4), { minLength: 1, maxLength: 5 }).filter((all) => all.some((share) => share > 0));
  fc.assert(
    fc.property(shares, fc.nat(), (parts, run) => {
      const sum = parts.reduce((all, part) => all + part, 0);
      const hash = hashed('a key');
      const options = parts.map((part, at) => ({ name: `${at}`, share: part / sum }));
      const draw = uniform(hash, hashed(`s\u0000${run}`));
      const ends = parts.map((_, at) => parts.slice(0, at + 1).reduce((all, part) => all + part, 0) / sum);
      const picked = seededMind('s', run).pick({ kind: 'one', key: 'a key', hash, options, fault: true });
      expect(picked).toBe(`${ends.findIndex((end) => draw < end)}`);
      expect(seededMind('s', run).pick({ kind: 'amount', key: 'a key', hash, least: 10, most: 30 })).toBe(
        10 + Math.round(draw * 20),
      );
    }),
  );
  // What is left over by rounding goes to the last that can be.
  const left = [0, 1e-300, 0].map((share, at) => ({ name: `${at}`, share }));
  expect(seededMind('s', 1).pick({ kind: 'one', key: 'k', hash: hashed('k'), options: left, fault: true })).toBe('1');
});

test('a visit is new, better with fewer faults, or known, however many states there are', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.tuple(fc.nat(40), fc.nat(40), fc.nat(300))), (stream) => {
      const visited = new Visited();
      const known = new Map<string, number>();
      for (let count = 0; count < 300; count++) {
        const [high, low, faults] = stream.next().value as [number, number, number];
        const before = known.get(`${high} ${low}`);
        const now = Math.min(faults, 254);
        const expected = before === undefined ? 'new' : now < before ? 'better' : 'known';
        expect(visited.knows(high, low, faults)).toBe(expected === 'known');
        expect(visited.visit(high, low, faults)).toBe(expected);
        if (expected !== 'known') known.set(`${high} ${low}`, now);
        expect(visited.size).toBe(known.size);
      }
    }),
    { numRuns: 20 },
  );
  // Both belong into the same place.
  const near = new Visited();
  expect([near.visit(1, 5, 0), near.visit(1 + 4096, 5, 0), near.visit(1, 5, 0), near.size]).toEqual([
    'new',
    'new',
    'known',
    2,
  ]);
  const many = new Visited();
  for (let at = 0; at < 9000; at++) expect(many.visit(at * -7, at ^ 0x55555555, 1)).toBe('new');
  for (let at = 0; at < 9000; at++)
    expect(many.visit(at * -7, at ^ 0x55555555, at % 3)).toBe(at % 3 === 0 ? 'better' : 'known');
  expect(many.size).toBe(9000);
});

describe('an answer that is written for a choice', () => {
  const forked = (key: string, written: string): unknown => {
    const run = play(world, forkedMind(rulesMind, new Map([[key, written]])));
    return run.picks.find((each) => each.key === key)?.pick;
  };

  test('is an option, or a length of time in milliseconds or with a unit', () => {
    expect(play(world, rulesMind).picks.map(({ key }) => key)).toEqual([
      'task:a/try:1/call:0/answer',
      'task:b/try:1/effort',
      'task:a/try:1/effort',
      'task:b/try:1/outcome',
      'task:a/try:1/outcome',
    ]);
    expect(forked('task:a/try:1/outcome', 'red')).toBe('red');
    expect(forked('task:a/try:1/effort', '2h')).toBe(7_200_000);
    expect(forked('task:a/try:1/effort', '7200000')).toBe(7_200_000);
    expect(forked('task:a/try:1/effort', '1.5h')).toBe(5_400_000);
    expect(forked('task:a/try:1/effort', '1.25h')).toBe(4_500_000);
    expect(forked('task:a/try:1/effort', '60m')).toBe(3_600_000);
    expect(forked('task:a/try:1/effort', '150m')).toBe(9_000_000);
    expect(forked('task:b/try:1/effort', '61000ms')).toBe(61_000);
  });

  test.each([
    ['task:a/try:1/outcome', 'blue'],
    ['task:a/try:1/effort', '59m'],
    ['task:a/try:1/effort', '151m'],
    ['task:a/try:1/effort', 'x2h'],
    ['task:a/try:1/effort', '2hx'],
    ['task:a/try:1/effort', '7200000x'],
    ['task:a/try:1/effort', 'x7200000'],
    ['task:a/try:1/effort', 'about 2h'],
    ['task:a/try:1/effort', 'h'],
    ['task:a/try:1/effort', ''],
  ])('%s can not be "%s"', (key, written) => {
    expect(() => forked(key, written)).toThrow(Misfit);
  });

  test('is kept by its key where it still fits, and else goes as is likeliest', () => {
    const keyed = (key: string, pick: string | number): unknown =>
      play(world, keyedMind([{ key, pick }])).picks.find((each) => each.key === key)?.pick;
    expect(keyed('task:a/try:1/outcome', 'red')).toBe('red');
    expect(keyed('task:a/try:1/outcome', 'blue')).toBe('ok');
    expect(keyed('task:a/try:1/effort', 3_600_000)).toBe(3_600_000);
    expect(keyed('task:a/try:1/effort', 9_000_000)).toBe(9_000_000);
    expect(keyed('task:a/try:1/effort', 3_599_999)).toBe(6_300_000);
    expect(keyed('task:a/try:1/effort', 9_000_001)).toBe(6_300_000);
    expect(keyed('task:a/try:1/effort', 'soon')).toBe(6_300_000);
  });
});
