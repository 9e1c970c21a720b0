import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SimEvent } from '../../src/simulate/event.ts';
import { explore } from '../../src/simulate/explore.ts';
import { Monitor } from '../../src/simulate/monitor.ts';
import { sample } from '../../src/simulate/sample.ts';
import type { Over } from '../../src/simulate/state.ts';
import type { EventPattern, Expectation } from '../../src/team/scenario.ts';
import { meant } from './naive-expectations.ts';
import { verdicts, worldFrom } from './played.ts';

const numRuns = Math.max(2000, 500 * Number(process.env['TEAMC_SOAK'] ?? 0));

const WORDS = ['delegated', 'failed', 'passed', 'done'] as const;
const events: fc.Arbitrary<readonly SimEvent[]> = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 3 })), {
    maxLength: 10,
  })
  .map((list) => {
    let t = 0;
    return list.map(([type, role, later]) => {
      t += later;
      return { type, t, task: 'work', role };
    });
  });
const pattern: fc.Arbitrary<EventPattern> = fc
  .tuple(fc.constantFrom(...WORDS), fc.option(fc.constantFrom('a', 'b'), { nil: undefined }))
  .map(([word, name]) => ({ word, text: word, ...(name === undefined ? {} : { names: new Set([name]) }) }));
const bound = fc.tuple(fc.constantFrom('at-least', 'at-most', 'above', 'below'), fc.constantFrom(0, 1, 2, 2.5, 4));
const head = { name: 'x', at: { file: '', pointer: [] } };
const expectation = fc.oneof(
  fc
    .record(
      {
        kind: fc.constantFrom('never', 'eventually'),
        event: pattern,
        after: pattern,
        before: pattern,
        within: fc.integer({ min: 0, max: 6 }),
      },
      { requiredKeys: ['kind', 'event'] },
    )
    .map((each) => ({ ...head, ...each })),
  fc
    .record({ kind: fc.constant('count'), event: pattern, bounds: fc.array(bound, { minLength: 1, maxLength: 2 }) })
    .map((each) => ({ ...head, ...each })),
  fc.record({ kind: fc.constant('share'), event: pattern, bounds: fc.array(bound, { minLength: 1, maxLength: 2 }) }),
  fc.constant({ kind: 'utilization', of: [], bounds: [['at-most', 0]] }),
) as fc.Arbitrary<Expectation>;
const over: fc.Arbitrary<Over> = fc.constantFrom({ kind: 'done' }, { kind: 'limit', limit: 'wall', value: 9 });

test('a monitor says, event by event, what the expectation means of the whole run, and no later than it is broken', () => {
  fc.assert(
    fc.property(expectation, events, over, fc.integer({ min: 0, max: 4 }), (expected, happened, end, rest) => {
      const now = (happened.at(-1)?.t ?? 0) + rest;
      const monitor = new Monitor(expected);
      let brokenAt: number | undefined;
      for (const [at, event] of happened.entries()) {
        monitor.see(event);
        if (monitor.broken) brokenAt ??= at;
      }
      const status = monitor.status(end, now);
      expect({ status, ...(brokenAt === undefined ? {} : { brokenAt }) }).toEqual(meant(expected, happened, end, now));
    }),
    { numRuns },
  );
});

test('two runs of which a monitor remembers the same go on alike', () => {
  const shifted = (list: readonly SimEvent[], by: number): readonly SimEvent[] =>
    list.map((each) => ({ ...each, t: each.t + by }));
  fc.assert(
    fc.property(expectation, events, events, events, over, (expected, one, other, rest, end) => {
      const [first, second] = [one, other].map((list) => {
        const monitor = new Monitor(expected);
        for (const event of list) monitor.see(event);
        const now = list.at(-1)?.t ?? 0;
        return { monitor, now, broken: monitor.broken, remembered: monitor.recollection(now) };
      }) as [Watched, Watched];
      fc.pre(first.remembered === second.remembered && !first.broken && !second.broken);
      const ends = [first, second].map(({ monitor, now }) => {
        for (const event of shifted(rest, now)) monitor.see(event);
        return monitor.status(end, now + (rest.at(-1)?.t ?? 0));
      });
      expect(ends[0]).toBe(ends[1]);
    }),
    { numRuns },
  );
});

test('without a time within which something is expected, when it began makes no difference; past that time nothing is remembered', () => {
  const remembered = (expected: object, ...nows: readonly number[]): readonly number[] => {
    const monitor = new Monitor({
      ...head,
      event: { word: 'done', text: 'done' },
      ...expected,
    } as unknown as Expectation);
    for (const t of [2, 5]) monitor.see({ type: 'failed', t, task: 'work', role: 'a' });
    return nows.map((now) => monitor.recollection(now));
  };
  const after = { word: 'failed', text: 'failed' };
  for (const kind of ['never', 'eventually']) {
    expect(remembered({ kind, after }, 5, 9)).toEqual([0, 0]);
    expect(remembered({ kind, after: { word: 'passed', text: 'passed' } }, 5, 9)).toEqual([-1, -1]);
  }
  // The latest start of what must not happen, the first of what has to.
  expect(remembered({ kind: 'never', after, within: 3 }, 5, 8, 9)).toEqual([0, 3, -1]);
  expect(remembered({ kind: 'eventually', after, within: 3 }, 5, 8, 9)).toEqual([3, 6, 7]);
  expect(remembered({ kind: 'share', event: after, bounds: [] }, 5, 9)).toEqual([0, 0]);
  expect(remembered({ kind: 'count', event: after, bounds: [['at-most', 9]] }, 5, 9)).toEqual([2, 2]);
});

interface Watched {
  readonly monitor: Monitor;
  readonly now: number;
  readonly broken: boolean;
  readonly remembered: number;
}

const TEAM = `
name: shop
entry: lead
people: { boss: Decides }
escalation: [{ name: again, by: self, retries: 1 }, { name: top, by: { person: boss } }]
roles:
  lead: { description: Leads., tools: [read], delegates-to: { role: [ann, ops], gate: check }, quality-gates: { check: [it works] } }
  ann: { description: Works., tools: [edit, shell], permissions: { shell: [deny: "*", allow: "npm *"] }, capacity: { slots: 1 } }
  ops: { description: Ships., tools: [shell], permissions: { shell: [allow: "terraform *", { deny: "terraform destroy *" }] } }
`;

const WORLD = `request: Go
tasks:
  login: { do: write it, to: ann, effort: 2h, gate: check, calls: { shell: npm test } }
  deploy: { do: ship it, to: ops, effort: 1h, needs: login, calls: { shell: terraform apply } }
outcomes: { login: [red, ok] }
`;

describe('every form of an expectation', () => {
  test.each([
    ['never: { called: { shell: "terraform apply *" } }, before: { passed: check }', 'kept'],
    ['never: { called: { shell: "terraform apply *" } }, before: { done: deploy }', 'broken'],
    ['never: { called: { shell: "terraform *" }, decision: ask }', 'kept'],
    ['never: { called: { shell: "terraform *" } }, decision: allow', 'broken'],
    ['never: { called: { shell: "npm *" } }, after: { done: login }', 'kept'],
    ['never: { called: { shell: "npm *" } }, after: { failed: red }, within: 1m', 'broken'],
    ['never: { failed: red }, within: 1h', 'kept'],
    ['eventually: done', 'kept'],
    ['eventually: { done: deploy }, before: { done: login }', 'broken'],
    ['eventually: { done: login }, after: { failed: red }, within: 1h', 'kept'],
    ['eventually: { done: login }, after: { failed: red }, within: 10m', 'broken'],
    ['eventually: { answered: boss }, after: { escalated: top }, within: 1d', 'kept'],
    ['count: { called: { shell: "npm *" } }, at-most: 2', 'kept'],
    ['count: { called: { shell: "npm *" } }, below: 2', 'broken'],
    ['count: { delegated: ann }, at-least: 2', 'broken'],
    ['share: done, at-least: 95%, confidence: 99%', 'open'],
    ['utilization: ann, at-most: 85%', 'kept'],
    ['utilization: ann, at-most: 50%', 'broken'],
    ['utilization: ann, above: 60%', 'kept'],
  ])('%s is %s in a dry run, in many runs and in every run', (written, status) => {
    const scenario = `${WORLD}expect: [{ name: it, ${written} }]`;
    expect(verdicts(TEAM, scenario)[0]?.split(':')[0]).toBe(status);
    // Nothing is left to chance here, so that all ways to play come to the same.
    const world = worldFrom(TEAM, scenario);
    const [tally] = sample(world, 's', 1, 3).tallies;
    expect({ kept: tally!.kept, broken: tally!.broken, open: tally!.open }).toEqual({
      kept: 0,
      broken: 0,
      open: 0,
      [status]: 3,
    });
    const search = explore(world, { faults: 1, states: 1000 });
    let next = search.next();
    while (!next.done) next = search.next();
    expect(next.value.broken[0] !== undefined).toBe(status === 'broken');
  });
});
