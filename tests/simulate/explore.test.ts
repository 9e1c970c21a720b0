import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Explored, explore, type Way } from '../../src/simulate/explore.ts';
import { rulebook } from '../../src/simulate/rulebook.ts';
import { type World, worldOf } from '../../src/simulate/world.ts';
import { readTeam } from '../../src/team/read.ts';
import { readScenario } from '../../src/team/scenario-read.ts';
import { memory } from '../memory.ts';
import { type Distance, futures, searchAll } from './naive-search.ts';
import { worldFrom } from './played.ts';
import { randomPlay } from './random.ts';

/** Random scenarios: a few on every run of the tests, 200 when they soak. */
const SCENARIOS = Math.min(200, Math.max(25, 4 * Number(process.env['TEAMC_SOAK'] ?? 0)));

/** More runs than that are too many to be played one by one. */
const MOST = 5000;

/** The search to its end. */
function searched(world: World, faults: number): Explored {
  const search = explore(world, { faults, states: 10_000_000 });
  for (;;) {
    const next = search.next();
    if (next.done) return next.value;
  }
}

const some = fc.constantFrom(
  { never: { failed: 'red' } },
  { never: 'escalated', before: { passed: 'check' } },
  { never: { called: { shell: 'npm *' } }, after: { failed: 'slow' } },
  { never: 'failed', after: 'delegated', within: '2h' },
  { never: { called: { shell: '*' }, decision: 'deny' } },
  { eventually: 'done' },
  { eventually: 'called', before: 'failed' },
  { eventually: 'answered', after: 'escalated', within: '1h' },
  { eventually: 'done', after: 'refused' },
  { count: 'failed', 'at-most': 2 },
  { count: 'delegated', 'at-least': 1, below: 4 },
  { count: 'called', above: 1 },
  { utilization: 'r1', 'at-most': '60%' },
);

const worlds: fc.Arbitrary<{ readonly world: World; readonly faults: number }> = fc
  .tuple(randomPlay, fc.array(some, { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 2 }), fc.boolean())
  .map(([{ team, scenario }, expect, faults, isEven]) => {
    const written = JSON.stringify({ ...JSON.parse(scenario), expect });
    // Where everything takes equally long, states differ in nothing but what happened.
    const text = isEven ? written.replaceAll(/"(?:effort|answers-in)":(?:"\w+"|\[[^\]]*\])/g, '"x-even":1') : written;
    const files = memory({ 'team.yaml': team, 'scenario.yaml': text });
    const loaded = readTeam('team.yaml', files);
    const read = readScenario('scenario.yaml', files, loaded);
    return { world: worldOf(loaded.team, read.scenario, rulebook()), faults, problems: read.problems };
  })
  .filter(({ problems }) => problems.length === 0);

const farOf = ({ faults, steps }: Way): Distance => ({ faults, steps });

test('the search finds what playing all runs one by one finds: every end, and the shortest way to each broken expectation', () => {
  let compared = 0;
  let runs = 0;
  const found = { broken: 0, kept: 0 };
  for (let seed = 1; compared < SCENARIOS; seed++) {
    const [{ world, faults }] = fc.sample(worlds, { numRuns: 1, seed }) as [{ world: World; faults: number }];
    const naive = searchAll(world, faults, MOST);
    if (!naive || naive.runs === 1) continue;
    compared++;
    runs += naive.runs;
    const explored = searched(world, faults);
    expect({
      seed,
      ends: new Map([...explored.ends].map(([name, way]) => [name, farOf(way)])),
      broken: explored.broken.map((way) => way && farOf(way)),
      open: explored.open,
    }).toEqual({ seed, ends: naive.ends, broken: naive.broken, open: naive.open });
    for (const each of naive.broken) found[each ? 'broken' : 'kept']++;
  }
  expect(Math.min(found.broken, found.kept)).toBeGreaterThan(SCENARIOS / 10);
  if (process.env['TEAMC_SOAK'])
    process.stdout.write(`${compared} scenarios, ${runs} runs, ${JSON.stringify(found)}\n`);
}, 600_000);

test('a longer way that goes less wrong does not hide the shorter one to the same state', () => {
  const team = `
name: shop
entry: lead
people: { boss: Decides, aide: Helps }
escalation:
  - { name: ask, by: { person: aide }, when: [red], timeout: 1m }
  - { name: ask again, by: { person: aide }, when: [red], timeout: 1m }
  - { by: { person: boss } }
roles:
  lead: { description: Leads., tools: [read], delegates-to: [dev, ops] }
  dev: { description: Works., tools: [shell] }
  ops: { description: Ships., tools: [shell] }
`;
  const scenario = `request: Go
tasks: { x: { do: it, to: dev, effort: 1m }, y: { do: it, to: ops, effort: 9h }, z: { do: it, to: ops, effort: 5h } }
outcomes: { x: { red: 50%, slow: 50% }, y: { ok: 90%, blue: 10% } }
people: { boss: { approves: 100%, answers-in: 1m }, aide: { approves: 100%, answers-in: 1h } }
expect: [{ name: no blue, never: { failed: blue } }, { name: not y, never: { done: y } }]
`;
  // Whatever is met first: ends by few steps or by many, with few faults or with more.
  const ends = [
    'red: 50%, slow: 50%',
    'slow: 50%, red: 50%',
    'ok: 50%, red: 25%, slow: 25%',
    'ok: 50%, slow: 25%, red: 25%',
  ];
  const one = (shares: string, approves: number): string => `request: Go
tasks: { x: { do: it, to: dev, effort: 1m } }
outcomes: { x: { ${shares} } }
people: { boss: { approves: ${approves}%, answers-in: 1m }, aide: { approves: 100%, answers-in: 1h } }
expect: [{ name: no failure, never: failed }, { name: done, eventually: { done: x } }]
`;
  for (const written of [scenario, ...ends.flatMap((shares) => [one(shares, 100), one(shares, 0)])])
    for (const faults of [0, 1, 2]) {
      const world = worldFrom(team, written);
      const naive = searchAll(world, faults, MOST)!;
      const explored = searched(world, faults);
      expect(explored.broken.map((way) => way && farOf(way))).toEqual(naive.broken);
      expect(new Map([...explored.ends].map(([name, way]) => [name, farOf(way)]))).toEqual(naive.ends);
    }
});

test('states with one fingerprint go on alike, whatever is chosen', () => {
  let shared = 0;
  for (let seed = 1, compared = 0; compared < SCENARIOS; seed++) {
    const [{ world, faults }] = fc.sample(worlds, { numRuns: 1, seed }) as [{ world: World; faults: number }];
    const runs = searchAll(world, faults, 1000)?.runs ?? 1;
    if (runs === 1) continue;
    compared++;
    const known = new Map<string, string>();
    for (const { print, future } of futures(world, faults)) {
      const before = known.get(print);
      if (before !== undefined) shared++;
      expect({ seed, future: before ?? future }).toEqual({ seed, future });
      known.set(print, future);
    }
  }
  expect(shared).toBeGreaterThan(SCENARIOS);
}, 600_000);
