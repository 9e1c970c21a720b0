// What is measured of the simulation, within one process: how much of something is done in a second of processor time.
import { build } from 'esbuild';

const { outputFiles } = await build({
  stdin: {
    contents: [
      "export { explore } from './src/simulate/explore.ts';",
      "export { rulebook } from './src/simulate/rulebook.ts';",
      "export { worldOf } from './src/simulate/world.ts';",
      "export { readTeam } from './src/team/read.ts';",
      "export { readScenario } from './src/team/scenario-read.ts';",
      "export { Disk } from './src/workspace/disk.ts';",
    ].join('\n'),
    resolveDir: process.cwd(),
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
  define: { TEAMC_BUILD: '""' },
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(process.cwd() + "/");' },
});
const code = Buffer.from(outputFiles[0].text).toString('base64');
const { explore, rulebook, worldOf, readTeam, readScenario, Disk } = await import(
  `data:text/javascript;base64,${code}`
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

const JWT = 'teams/service-studio/scenarios/jwt-login.yaml';

const CASES = [
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
