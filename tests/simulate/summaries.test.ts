import { expect, test } from 'vitest';
import type { Mind } from '../../src/simulate/choice.ts';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import { seededMind } from '../../src/simulate/minds/seeded.ts';
import { compareRuns } from '../../src/simulate/paired.ts';
import { play, type Run } from '../../src/simulate/play.ts';
import { summarize } from '../../src/simulate/summary.ts';
import { answering, worldFrom } from './played.ts';

const TEAM = `
name: shop
entry: lead
people: { boss: Decides }
models: { dear: { id: dear-1, price: { input: 10, output: 50 } }, odd: { id: odd-1, price: { output: 30 } } }
roles:
  lead: { description: Leads., model: dear, tools: [read], delegates-to: [dev, { role: ops, approval: boss, keywords: ship }], escalates-to: { person: boss } }
  dev: { description: Works., model: odd, tools: [shell], permissions: { shell: [ask: "*", allow: "npm *", deny: "rm *"] }, capacity: { slots: 2, utilization: { warning: 1% } } }
  ops: { description: Ships., tools: [shell], permissions: { shell: allow } }
`;

const summed = (scenario: string, mind: Mind = rulesMind) => {
  const world = worldFrom(TEAM, scenario);
  const { escalations, cost, ...rest } = summarize(world, play(world, mind));
  return { ...rest, cost: Number(cost.toFixed(6)), escalations: Object.fromEntries(escalations) };
};

test('a run is summed up: what was done and called, how deep, what climbed, who was busy and what it cost', () => {
  const scenario = `request: Go
tasks:
  a: { do: it, to: dev, effort: 2h, calls: { shell: [npm test, make, npm i] } }
  b: { do: it, to: dev, effort: 1h, calls: { shell: rm -r x } }
  c: { do: it, to: dev, needs: b, effort: 1h }
  d: { do: ship, to: ops, effort: 1h }
outcomes: { d: [red, ok] }
people: { user: { approves: 0%, answers-in: 1m }, boss: { approves: 100%, answers-in: 1m } }
`;
  expect(summed(scenario, answering({}))).toEqual({
    over: {
      kind: 'failed',
    },
    time: 4560000,
    tasks: {
      done: 1,
      failed: 3,
      escalated: 0,
      open: 0,
    },
    depth: 1,
    calls: {
      allow: 3,
      ask: 0,
      deny: 3,
    },
    flawed: 0,
    busiest: {
      role: 'ops',
      worked: 4500000,
      tasks: 2,
      utilization: 0.9868421052631579,
    },
    tokens: 75000,
    assumptions: [
      'another try takes a quarter of the effort',
      'a role answers within 10 minutes',
      '3 turns for each attempt and one for each call, hand-over and answer, of 4000 tokens in and 1000 out',
      '$3 and $15 for a million tokens in and out, where a model has no price',
      'the request comes in at nine, and every day is a working day',
    ],
    cost: 0.828,
    escalations: {
      delegator: 2,
      'escalates-to': 2,
      user: 2,
    },
  });
});

test('calls count as they were decided; what a person refused, and a hand-over that is refused, is no denied call', () => {
  const team = TEAM.replace(
    'ops: { description: Ships.,',
    'ops: { description: Ships., delegates-to: far, delegation: { depth: 0 },',
  );
  const calls = (scenario: string): object => {
    const world = worldFrom(`${team}  far: { description: Far., tools: [read] }\n`, scenario);
    return summarize(world, play(world, rulesMind)).calls;
  };
  const tasks =
    'tasks: { a: { do: it, to: dev, calls: { shell: [npm test, npm i, make, rm -r x] } }, far: { do: it, to: far } }';
  const people = (share: string): string => `people: { user: { approves: ${share}, answers-in: 1m } }`;
  expect(calls(`request: Go\n${tasks}\n${people('100%')}`)).toEqual({ allow: 6, ask: 3, deny: 3 });
  expect(calls(`request: Go\n${tasks}\n${people('0%')}`)).toEqual({ allow: 6, ask: 0, deny: 0 });
});

test('what was taken for granted is said, and nothing else', () => {
  const assumed = (scenario: string): readonly string[] => summed(scenario).assumptions;
  expect(assumed('request: Go')).toEqual([
    'work without an effort takes 30 minutes',
    'all work ends well',
    '3 turns for each attempt and one for each call, hand-over and answer, of 4000 tokens in and 1000 out',
    'the request comes in at nine, and every day is a working day',
  ]);
  expect(assumed('request: Go\ntasks: { a: { do: ship, to: ops, effort: 1h } }\noutcomes: { a: [red, ok] }')).toEqual([
    'another try takes a quarter of the effort',
    'boss says yes after 5 to 15 minutes',
    '3 turns for each attempt and one for each call, hand-over and answer, of 4000 tokens in and 1000 out',
    '$3 and $15 for a million tokens in and out, where a model has no price',
    'the request comes in at nine, and every day is a working day',
  ]);
  expect(
    assumed('request: Go\ntasks: { a: { do: it, to: dev, effort: 1h } }\noutcomes: { a: [red, red, ok] }'),
  ).toEqual([
    'another try takes a quarter of the effort',
    'a role answers within 10 minutes',
    '3 turns for each attempt and one for each call, hand-over and answer, of 4000 tokens in and 1000 out',
    'the request comes in at nine, and every day is a working day',
  ]);
  const world = { ...worldFrom(TEAM, 'request: Go'), turns: true };
  expect(summarize(world, play(worldFrom(TEAM, 'request: Go'), rulesMind)).assumptions).toEqual([
    'tools answer well where the scenario says nothing else',
    'time is that of the answers, and that of people',
  ]);
});

test('people of whom the scenario says nothing are taken to say yes, whatever they are asked for, and loads ask nobody', () => {
  const people = (scenario: string): readonly string[] =>
    summed(scenario).assumptions.filter((each) => each.includes('says yes'));
  const one = (more: string): string => `request: Go\ntasks: { a: { do: it, to: dev, effort: 1h${more} } }\n`;
  expect(people(one(''))).toEqual([]);
  expect(people(one(', calls: { shell: make }'))).toEqual(['user says yes after 5 to 15 minutes']);
  expect(people(`${one('')}outcomes: { a: { red: 100% } }`)).toEqual(['boss, user says yes after 5 to 15 minutes']);
  expect(people(`${one('')}outcomes: { a: { red: 100% } }\npeople: { boss: { approves: 100% } }`)).toEqual([
    'user says yes after 5 to 15 minutes',
  ]);
  const told = worldFrom(
    TEAM.replace('ops: {', 'ops: { escalates-to: { person: boss, when: { utilization: { of: dev, above: 1% } } },'),
    one(''),
  );
  const run = play(told, rulesMind);
  expect(run.events.flatMap(({ type, to }) => (type === 'escalated' && to === 'boss' ? [to] : []))).toEqual(['boss']);
  expect([...summarize(told, run).escalations]).toEqual([]);
  expect(summarize(told, run).assumptions.filter((each) => each.includes('says yes'))).toEqual([]);
});

test('a run in which nobody worked has nobody who is busiest, and one that is stopped leaves tasks open', () => {
  expect(summed('request: Go\nlimits: { steps: 2 }')).toEqual({
    over: {
      kind: 'limit',
      limit: 'steps',
      value: 2,
    },
    time: 0,
    tasks: {
      done: 0,
      failed: 0,
      escalated: 0,
      open: 1,
    },
    depth: 0,
    calls: {
      allow: 0,
      ask: 0,
      deny: 0,
    },
    flawed: 0,
    tokens: 5000,
    assumptions: [
      'all work ends well',
      '3 turns for each attempt and one for each call, hand-over and answer, of 4000 tokens in and 1000 out',
      'the request comes in at nine, and every day is a working day',
    ],
    cost: 0.09,
    escalations: {},
  });
});

test('flaws that no gate found are counted once, where they were made', () => {
  expect(
    summed('request: Go\ntasks: { a: { do: it, to: dev }, b: { do: it, to: dev } }\nfaults: [{ mode: FM-2.2, at: a }]')
      .flawed,
  ).toBe(1);
  const ended = (outcomes: string): number =>
    summed(
      `request: Go\ntasks: { a: { do: it, to: dev } }\nfaults: [{ mode: FM-2.2, at: a }]\noutcomes: { a: ${outcomes} }\npeople: { boss: { approves: 0% }, user: { approves: 0% } }`,
    ).flawed;
  expect([ended('[red, ok]'), ended('{ red: 100% }')]).toEqual([1, 0]);
});

test('two versions differ by the means of what their runs say, run by run, with the interval of the normal distribution', () => {
  const scenario = (red: number): string => `request: Go
tasks: { a: { do: it, to: dev, effort: [1h, 5h], calls: { shell: make } }, b: { do: it, to: ops, effort: 1h } }
outcomes: { "*": { ok: ${100 - red}%, red: ${red}% } }
people: { user: { approves: 60%, answers-in: 1m }, boss: { approves: 50%, answers-in: 1m } }
expect: [{ name: calm, never: { failed: red } }]
`;
  const [before, now] = [worldFrom(TEAM, scenario(10)), worldFrom(TEAM, scenario(60))];
  const runs = 30;
  const pairs = Array.from(
    { length: runs },
    (_, at) => [before, now].map((world) => play(world, seededMind('s', at + 1))) as [Run, Run],
  );
  const measures: readonly [name: string, unit: string, of: (run: Run) => number][] = [
    ['done', 'share', ({ over }) => Number(over.kind === 'done')],
    ['time', 'time', ({ state }) => state.now],
    ['cost', 'cost', ({ state }) => state.cost],
    ['failures', 'count', ({ events }) => events.filter(({ type, end }) => type === 'failed' && !end).length],
    ['refusals', 'count', ({ events }) => events.filter(({ type }) => type === 'refused').length],
    [
      'climbs',
      'count',
      ({ events }) =>
        events.filter(({ type, to, role, step }) => type === 'escalated' && to !== role && step !== 'utilization')
          .length,
    ],
  ];
  const paired = compareRuns(before, now, 's', runs);
  expect(paired.differences.map(({ name, unit }) => [name, unit])).toEqual(
    measures.map(([name, unit]) => [name, unit]),
  );
  for (const [at, [, , of]] of measures.entries()) {
    const [ones, others] = [pairs.map(([one]) => of(one)), pairs.map(([, other]) => of(other))] as const;
    const changes = ones.map((one, pair) => others[pair]! - one);
    const spread = 1.959963985 * Math.sqrt(variance(changes) / runs);
    const found = paired.differences[at]!;
    const scale = Math.max(1, Math.abs(mean(others)));
    expect(found.before / scale).toBeCloseTo(mean(ones) / scale, 9);
    expect(found.now / scale).toBeCloseTo(mean(others) / scale, 9);
    expect(found.mean / scale).toBeCloseTo(mean(changes) / scale, 9);
    expect(found.interval.low / scale).toBeCloseTo((mean(changes) - spread) / scale, 6);
    expect(found.interval.high / scale).toBeCloseTo((mean(changes) + spread) / scale, 6);
    if (variance(changes) === 0) expect(found.quieter).toBe(Number.POSITIVE_INFINITY);
    else expect(found.quieter).toBeCloseTo((variance(ones) + variance(others)) / variance(changes), 6);
  }
  const differing = pairs.flatMap(([one, other], at) => {
    const end = ({ over, events }: Run): string =>
      `${over.kind} ${events.some((event) => event.class === 'red' && event.type === 'failed')}`;
    return end(one) === end(other) ? [] : [at + 1];
  });
  expect([paired.otherwise, paired.first, paired.runs, paired.seed]).toEqual([
    differing.length,
    differing[0],
    runs,
    's',
  ]);
  expect(compareRuns(before, before, 's', 3)).toMatchObject({ otherwise: 0 });
  expect('first' in compareRuns(before, before, 's', 3)).toBe(false);
  expect(compareRuns(before, now, 's', 1).differences[1]!.quieter).toBe(Number.POSITIVE_INFINITY);
  const two = compareRuns(before, now, 's', 2).differences[1]!;
  const [first, second] = pairs.map(([one, other]) => other.state.now - one.state.now) as [number, number];
  // Half the distance of the two, which is the spread of their mean, once to each side by the quantile of the normal distribution.
  expect((two.interval.high - two.interval.low) / (1.959963985 * Math.abs(first - second))).toBeCloseTo(1, 6);
});

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** Of a sample. */
function variance(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + (each - mean(numbers)) ** 2, 0) / (numbers.length - 1);
}
