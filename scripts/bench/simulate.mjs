// What is measured of the simulation, within one process: how much of something is done in a second of processor time.
import { SCENARIO, TEAM } from './building.mjs';
import { imported } from './imported.mjs';

const { explore, follow, sample, seededMind, rulebook, worldOf, readTeam, readScenario, Disk, memory } = await imported(
  {
    './src/simulate/explore.ts': 'explore',
    './src/simulate/play.ts': 'follow',
    './src/simulate/sample.ts': 'sample',
    './src/simulate/minds/seeded.ts': 'seededMind',
    './src/simulate/rulebook.ts': 'rulebook',
    './src/simulate/world.ts': 'worldOf',
    './src/team/read.ts': 'readTeam',
    './src/team/scenario-read.ts': 'readScenario',
    './src/workspace/disk.ts': 'Disk',
    './tests/memory.ts': 'memory',
  },
);

/** What a shipped scenario is played in. */
function worldAt(path) {
  const disk = new Disk(process.cwd());
  const team = readTeam(`${path.split('/scenarios/')[0]}/team.yaml`, disk);
  return worldOf(team.team, readScenario(path, disk, team).scenario, rulebook());
}

/** Plays every run with so many faults, and answers how many states that were. */
function searched({ path, faults }) {
  const search = explore(worldAt(path), { faults, states: Number.POSITIVE_INFINITY });
  let next = search.next();
  while (!next.done) next = search.next();
  return next.value.states;
}

/** The world of many runs. */
function building() {
  const files = memory({ 'team.yaml': TEAM, 'scenario.yaml': SCENARIO });
  const team = readTeam('team.yaml', files);
  return worldOf(team.team, readScenario('scenario.yaml', files, team).scenario, rulebook());
}

const world = building();
const RUNS = 20_000;

/** Plays runs that nobody listens to, and answers how many events there were. */
function untraced() {
  let events = 0;
  for (let run = 1; run <= RUNS; run++)
    events += follow(world, seededMind('1', run), { hears: () => false, tell: () => {} }).count;
  return events;
}

const JWT = 'teams/service-studio/scenarios/jwt-login.yaml';

const CASES = [
  {
    what: 'events of runs by chance, untraced (SimPy says 240 000 of itself)',
    key: 'events',
    runs: 3,
    work: untraced,
  },
  {
    what: 'events of runs by chance, counted for all that `--runs` tells, with three expectations',
    key: 'counted events',
    runs: 3,
    work: () => sample(world, '1', 1, RUNS).events,
  },
  {
    what: 'states of service-studio’s login, every run with at most 4 faults',
    key: 'states',
    runs: 3,
    work: () => searched({ path: JWT, faults: 4 }),
  },
];

/** The median rate of several runs: so much in a second of one's own processor time. */
function rate({ what, key, runs, work }) {
  const found = Array.from({ length: runs }, () => {
    const start = process.cpuUsage();
    const count = work();
    const { user, system } = process.cpuUsage(start);
    return { count, second: (count / (user + system)) * 1e6 };
  }).sort((a, b) => a.second - b.second)[runs >> 1];
  return { what, key, ...found };
}

/** Times every case, and tells of each before it begins. */
export function timeSimulation(tell) {
  return CASES.map((one) => {
    tell(one.what);
    return rate(one);
  });
}
