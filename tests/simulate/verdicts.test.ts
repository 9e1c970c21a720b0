import { expect, test } from 'vitest';
import { judge } from '../../src/simulate/expectations.ts';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import { play } from '../../src/simulate/play.ts';
import { told, worldFrom } from './played.ts';

const TEAM = `
name: shop
entry: lead
people: { boss: Decides }
groups: { makers: [ann, ops] }
escalation: [{ name: again, by: self, retries: 2 }, { name: top, by: { person: boss } }]
roles:
  lead: { description: Leads., tools: [read], delegates-to: { role: [ann, ops], gate: check }, quality-gates: { check: [it works] } }
  ann: { description: Works., tools: [shell], permissions: { shell: [deny: "*", allow: "npm *"] }, capacity: { slots: 2, hours-per-day: 12 } }
  ops: { description: Ships., tools: [shell], permissions: { shell: allow } }
`;
const SCENARIO = `request: Go
tasks:
  login: { do: write it, to: ann, effort: 2h, gate: check, calls: { shell: npm test } }
  deploy: { do: ship it, to: ops, effort: 1h, needs: login, calls: { shell: terraform apply } }
outcomes: { login: [red, red, ok] }
`;

/** What is said of expectations: whether they are kept, why, the events that show it, and the value if there is one. */
function saidOf(scenario: string, ...expectations: readonly string[]): readonly unknown[] {
  const world = worldFrom(TEAM, `${scenario}expect: [${expectations.map((each) => `{ ${each} }`).join(', ')}]`);
  const run = play(world, rulesMind);
  return judge(world, run).map(({ status, why, events, value }) => [
    `${status}: ${why}${value === undefined ? '' : ` (${value.toFixed(4)})`}`,
    ...told({ ...run, events }).slice(0, -1),
  ]);
}

test('what must never happen is told with each time that it did', () => {
  expect(
    saidOf(
      SCENARIO,
      'never: { called: { shell: "rm *" } }',
      'never: { called: { shell: "terraform *" } }',
      'never: { called: { shell: "npm *" } }',
      'never: { failed: red }, before: { done: login }',
      'never: { failed: red }, before: { called: { shell: "npm *" } }',
      'never: { called: { shell: "npm *" } }, after: { failed: red }, within: 10m',
    ),
  ).toEqual([
    ['kept: it did not happen'],
    ['broken: it happened once', '3:00 deploy called ops shell terraform apply allow'],
    [
      'broken: it happened 3 times',
      '0:00 login called ann shell npm test allow',
      '2:00 login called ann shell npm test allow',
      '2:30 login called ann shell npm test allow',
    ],
    ['broken: it happened before that 2 times', '2:00 login failed ann red', '2:30 login failed ann red'],
    ['kept: it did not happen'],
    [
      'broken: it happened 2 times',
      '2:00 login called ann shell npm test allow',
      '2:30 login called ann shell npm test allow',
    ],
  ]);
});

test('what has to happen is told with the event that did, or the one with which it was too late', () => {
  expect(
    saidOf(
      SCENARIO,
      'eventually: done',
      'eventually: { approved: boss }',
      'eventually: { done: deploy }, before: { done: login }',
      'eventually: { done: login }, within: 1h',
      'eventually: { done: login }, after: { failed: red }, within: 1h',
      'eventually: { done: login }, after: { failed: red }, within: 10m',
      'eventually: { answered: boss }, after: { escalated: top }',
      'eventually: { failed: red }, after: { done: login }',
      'eventually: { failed: red }, after: { called: { shell: "npm *" } }',
      'eventually: { failed: red }, after: { called: { shell: "npm *" } }, within: 1h',
    ),
  ).toEqual([
    ['kept: it happened', '4:00 request done lead'],
    ['broken: it did not happen', '4:00 request done lead'],
    ['broken: it did not happen in time', '4:00 deploy done ops'],
    ['broken: it did not happen in time', '3:00 login done ann'],
    ['kept: it happened', '3:00 login done ann'],
    ['broken: it did not happen in time', '3:00 login done ann'],
    ['kept: nothing to wait for: "escalated top" did not happen'],
    ['broken: it did not happen', '4:00 request done lead'],
    ['broken: it did not happen', '4:00 request done lead'],
    ['broken: it did not happen in time', '2:00 login failed ann red'],
  ]);
});

test('what is expected within a time that is over is broken, though a limit stops the run and nothing happens any more', () => {
  const long = 'request: Go\ntasks: { login: { do: write it, to: ann, effort: 5h } }\nlimits: { wall: 2h }\n';
  expect(
    saidOf(
      long,
      'eventually: { done: login }, within: 119m',
      'eventually: { done: login }, within: 2h',
      'eventually: { done: login }',
      'never: { done: login }, within: 1h',
      'count: { done: login }, at-least: 1',
    ).map((each) => (each as readonly string[])[0]),
  ).toEqual([
    'broken: it did not happen',
    'open: it did not happen, and the limit wall stopped the run before it could',
    'open: it did not happen, and the limit wall stopped the run before it could',
    'kept: it did not happen',
    'open: it happened not at all, and the limit wall stopped the run before it could',
  ]);
});

test('of what has to follow something only that is told which was waited for', () => {
  expect(saidOf(SCENARIO, 'eventually: { called: { shell: "npm *" } }, after: { failed: red }')).toEqual([
    ['kept: it happened', '2:00 login called ann shell npm test allow', '2:30 login called ann shell npm test allow'],
  ]);
});

test('counts, shares and utilizations are told with what they come to', () => {
  expect(
    saidOf(
      SCENARIO,
      'count: { failed: red }, at-most: 1',
      'count: { failed: red }, at-least: 2, below: 3',
      'count: { called: { shell: "terraform *" } }, above: 1',
      'count: { approved: boss }, at-least: 1',
      'share: { failed: red }, at-most: 50%',
      'share: { approved: boss }, at-least: 50%',
      'utilization: ann, at-most: 50%',
      'utilization: ann, at-least: 30%, below: 35%',
      'utilization: makers, below: 20%',
    ),
  ).toEqual([
    ['broken: it happened 2 times', '2:00 login failed ann red', '2:30 login failed ann red'],
    ['kept: it happened 2 times', '2:00 login failed ann red', '2:30 login failed ann red'],
    ['broken: it happened once', '3:00 deploy called ops shell terraform apply allow'],
    ['broken: it happened not at all'],
    ['open: one run is no share: here it happened (1.0000)', '2:00 login failed ann red', '2:30 login failed ann red'],
    ['open: one run is no share: here it did not happen (0.0000)'],
    ['kept: it is 37.5% (0.3750)'],
    ['broken: it is 37.5% (0.3750)'],
    ['broken: it is 33.3% (0.3333)'],
  ]);
});

test('what a limit stopped before it could be told is told as open', () => {
  expect(
    saidOf(
      `${SCENARIO}limits: { wall: 150m }\n`,
      'eventually: done',
      'eventually: { done: deploy }, after: { failed: red }, within: 1d',
      'eventually: { done: deploy }, within: 10m',
      'eventually: { done: login }, after: { failed: red }',
      'never: { done: deploy }',
      'never: { failed: red }',
      'count: { done: deploy }, at-least: 1',
      'count: { failed: red }, at-most: 1',
      'count: { failed: red }, at-least: 2',
      'share: done, at-least: 50%',
      'utilization: ann, at-most: 50%',
    ),
  ).toEqual([
    ['open: it did not happen, and the limit wall stopped the run before it could'],
    ['open: it did not happen, and the limit wall stopped the run before it could'],
    ['broken: it did not happen', '2:30 login called ann shell npm test allow'],
    ['open: it did not happen, and the limit wall stopped the run before it could'],
    ['kept: it did not happen'],
    ['broken: it happened 2 times', '2:00 login failed ann red', '2:30 login failed ann red'],
    ['open: it happened not at all, and the limit wall stopped the run before it could'],
    ['broken: it happened 2 times', '2:00 login failed ann red', '2:30 login failed ann red'],
    ['kept: it happened 2 times', '2:00 login failed ann red', '2:30 login failed ann red'],
    ['open: one run is no share: here it did not happen (0.0000)'],
    ['kept: it is 50% (0.5000)'],
  ]);
});
