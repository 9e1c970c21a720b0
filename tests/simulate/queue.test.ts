import { expect, test } from 'vitest';
import { hashed, uniform } from '../../src/simulate/hash.ts';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import { play } from '../../src/simulate/play.ts';
import { worldFrom } from './played.ts';

/** Jobs in each run; the first part of them fills the queue and is not measured. */
const JOBS = 1200;
const WARM = 200;
const RUNS = Math.max(4, 2 * Number(process.env['TEAMC_SOAK'] ?? 0));
/** Both in minutes: a job comes every 10 on the average and takes 24, with three to serve: a load of 80%. */
const ARRIVAL = 10;
const SERVICE = 24;
const SERVERS = 3;

/** The mean wait of an M/M/c queue, in minutes (Erlang 1917). */
function erlangWait(): number {
  const load = SERVICE / ARRIVAL;
  let term = 1;
  let sum = 0;
  for (let number = 0; number < SERVERS; number++) {
    sum += term;
    term *= load / (number + 1);
  }
  const waits = (term * SERVERS) / (SERVERS - load);
  return (waits / (sum + waits)) * (SERVICE / (SERVERS - load));
}

/** Arrivals are a chain of tasks of a role with all the hands it wants; each lets one job go to the servers. */
function scenario(run: number): string {
  const draw = (key: string, mean: number): string =>
    `${Math.max(1, Math.round(-Math.log(1 - uniform(hashed(key), hashed(`run ${run}`))) * mean * 60_000))}ms`;
  const tasks = Array.from({ length: JOBS }, (_, at) => {
    const before = at === 0 ? '' : `, needs: gap-${at - 1}`;
    return `  gap-${at}: { do: wait, to: clock${before}, effort: ${draw(`gap:${at}`, ARRIVAL)} }
  job-${at}: { do: serve, to: desk, needs: gap-${at}, effort: ${draw(`job:${at}`, SERVICE)} }`;
  });
  return `request: Serve\ntasks:\n${tasks.join('\n')}`;
}

const TEAM = `
name: office
entry: door
roles:
  door: { description: Lets in., tools: [read], delegates-to: [clock, desk], delegation: { mandatory: true } }
  clock: { description: Counts., tools: [read] }
  desk: { description: Serves., tools: [edit], capacity: { slots: ${SERVERS} } }
`;

test('a role with slots is a queue as Erlang described it', { timeout: 600_000 }, () => {
  let waited = 0;
  for (let run = 0; run < RUNS; run++) {
    const { events } = play(worldFrom(TEAM, scenario(run)), rulesMind);
    const jobs = events.filter(
      ({ type, task }) => type === 'done' && task.startsWith('job-') && Number(task.slice(4)) >= WARM,
    );
    waited += jobs.reduce((sum, event) => sum + (event.waited ?? 0), 0) / jobs.length / 60_000;
  }
  const expected = erlangWait();
  const tolerance = RUNS >= 90 ? 0.02 : 0.25;
  expect(Math.abs(waited / RUNS - expected) / expected).toBeLessThan(tolerance);
});
