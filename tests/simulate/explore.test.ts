import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Explored, explore } from '../../src/simulate/explore.ts';
import { rulebook } from '../../src/simulate/rulebook.ts';
import { type World, worldOf } from '../../src/simulate/world.ts';
import { readTeam } from '../../src/team/read.ts';
import { readScenario } from '../../src/team/scenario-read.ts';
import { memory } from '../memory.ts';
import { futures, searchAll } from './naive-search.ts';
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
    const ends = [...explored.ends].map(([name, way]) => [name, way.faults] as const);
    expect({
      seed,
      ends: new Map(ends.sort()),
      broken: explored.broken.map((way) => way?.steps),
      open: explored.open,
    }).toEqual({ seed, ends: new Map([...naive.ends].sort()), broken: naive.broken, open: naive.open });
    for (const steps of naive.broken) found[steps === undefined ? 'kept' : 'broken']++;
  }
  expect(Math.min(found.broken, found.kept)).toBeGreaterThan(SCENARIOS / 10);
  if (process.env['TEAMC_SOAK'])
    process.stdout.write(`${compared} scenarios, ${runs} runs, ${JSON.stringify(found)}\n`);
}, 600_000);

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
