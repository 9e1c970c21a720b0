import { expect, test } from 'vitest';
import { joined, sample } from '../../src/simulate/sample.ts';
import { countedOneByOne } from './naive-sample.ts';
import { worldFrom } from './played.ts';

const TEAM = `name: shop
entry: lead
people: { boss: Decides }
groups: { makers: [dev, ops] }
escalation: [{ name: again, by: self, when: [red, slow] }, { name: top, by: { person: boss } }]
roles:
  lead: { description: Plans., tools: [read], delegates-to: [dev, ops] }
  dev: { description: Writes., tools: [edit, shell], permissions: { shell: allow }, capacity: { slots: 1, hours-per-day: 8 } }
  ops: { description: Ships., tools: [shell], permissions: { shell: [ask: "*", deny: "rm *"] } }
`;
const TASKS = `tasks:
  zoo: { do: Build it, to: dev, effort: [1h, 9h], calls: { shell: make } }
  api: { do: Show it, to: ops, effort: [1h, 2h], calls: { shell: [make, rm x] } }
`;
const EXPECT = `expect:
  - { eventually: done }
  - { eventually: { done: zoo }, within: 6h }
  - { never: { called: { shell: "rm *" }, decision: deny } }
  - { never: { escalated: top }, after: { failed: red } }
  - { count: { called: { shell: make } }, at-most: 2 }
  - { share: { failed: red }, at-least: 20% }
  - { share: answered, at-most: 20% }
  - { utilization: dev, at-most: 60% }
  - { utilization: makers, above: 10% }
`;
const OUTCOMES = 'outcomes: { "*": { ok: 50%, red: 25%, slow: 20%, odd: 5% } }\n';
const PEOPLE = 'people: { boss: { approves: 70%, answers-in: [1m, 2h] }, user: { approves: 50%, answers-in: 1m } }\n';

test.each([
  ['of everything', `request: Go\n${TASKS}${OUTCOMES}${PEOPLE}${EXPECT}`],
  ['that limits stop', `request: Go\n${TASKS}${OUTCOMES}${PEOPLE}limits: { wall: 5h }\n${EXPECT}`],
  ['of which nothing is expected', `request: Go\n${TASKS}${OUTCOMES}${PEOPLE}`],
  ['in which nothing is left to chance', `request: Go\n${TASKS.replaceAll(/\[(\dh), \dh\]/g, '$1')}${EXPECT}`],
  [
    'in which every task always fails in the same two ways',
    `request: Go\n${TASKS.replaceAll(/\[(\dh), \dh\]/g, '$1')}outcomes: { zoo: [red, red], api: [slow, red] }\n${EXPECT}`,
  ],
])('many runs %s come to what each of them says by itself, in whatever parts they are counted', (_, scenario) => {
  const world = worldFrom(TEAM, scenario);
  const whole = countedOneByOne(world, 's', 3, 40);
  expect(sample(world, 's', 3, 40)).toEqual(whole);
  const parts = [sample(world, 's', 21, 40), sample(world, 's', 3, 3), sample(world, 's', 4, 20)];
  expect(joined(parts)).toEqual(whole);
  expect(joined(parts.toReversed())).toEqual(whole);
  expect(joined([whole])).toEqual(whole);
});

test('ways to fail that are as frequent are told from the first run on, and within a run by name', () => {
  const tasks = 'zoo: { do: it, to: ops, calls: { shell: rm x } }, api: { do: it, to: dev }';
  const world = worldFrom(TEAM, `request: Go\ntasks: { ${tasks} }\noutcomes: { api: [red, ok] }\n`);
  const { chains, outcomes } = sample(world, 's', 1, 3);
  expect(chains).toEqual([
    { text: 'api: red → again → done', runs: 3, first: 1 },
    { text: 'zoo: refused → top → settled', runs: 3, first: 1 },
  ]);
  expect(outcomes).toEqual([{ text: 'done', runs: 3, first: 1 }]);
});
