import { expect, test } from 'vitest';
import type { Mind } from '../../src/simulate/choice.ts';
import { hashed, uniform } from '../../src/simulate/hash.ts';
import { follow } from '../../src/simulate/play.ts';
import { worldFrom } from './played.ts';

/** Jobs in each run; the first part of them fills the queue and is not measured. */
const JOBS = 1200;
const WARM = 200;
/** One run is off by 30 % as a rule, so that 2 000 of them are off by 0.7 %. */
const SOAK = Number(process.env['TEAMC_SOAK'] ?? 0);
const RUNS = Math.max(20, 40 * SOAK);
/** Both in minutes: a job comes every 10 on the average and takes 18, with three to serve: a load of 60 %. */
const ARRIVAL = 10;
const SERVICE = 18;
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

const TEAM = `
name: office
entry: door
roles:
  door: { description: Lets in., tools: [read], delegates-to: [clock, desk], delegation: { mandatory: true } }
  clock: { description: Counts., tools: [read] }
  desk: { description: Serves., tools: [edit], capacity: { slots: ${SERVERS} } }
`;

/** Arrivals are a chain of tasks of a role with all the hands it wants; each lets one job go to the servers. */
function scenario(): string {
  const tasks = Array.from({ length: JOBS }, (_, at) => {
    const before = at === 0 ? '' : `, needs: gap-${at - 1}`;
    return `  gap-${at}: { do: wait, to: clock${before}, effort: [0h, 90d] }
  job-${at}: { do: serve, to: desk, needs: gap-${at}, effort: [0h, 90d] }`;
  });
  return `request: Serve\nlimits: { wall: 9999d }\ntasks:\n${tasks.join('\n')}`;
}

/** Ranges are drawn evenly; here their lengths are drawn from exponential distributions instead. */
function exponential(run: number): Mind {
  const seed = hashed(`run ${run}`);
  const mean = (key: string): number => (key.startsWith('task:gap') ? ARRIVAL : SERVICE) * 60_000;
  return {
    name: 'exponential',
    pick: ({ key, hash }) => Math.round(-Math.log(1 - uniform(hash, seed)) * mean(key)),
  };
}

test('a role with slots is a queue as Erlang described it', { timeout: 900_000 }, () => {
  const world = worldFrom(TEAM, scenario());
  let waited = 0;
  for (let run = 0; run < RUNS; run++) {
    let sum = 0;
    follow(world, exponential(run), {
      hears: (word) => word === 'done',
      tell({ task, waited: wait = 0 }) {
        if (task.startsWith('job-') && Number(task.slice(4)) >= WARM) sum += wait;
      },
    });
    waited += sum / (JOBS - WARM) / 60_000;
  }
  const expected = erlangWait();
  const off = waited / RUNS / expected - 1;
  if (SOAK >= 50) process.stdout.write(`mean wait off by ${(off * 100).toFixed(2)} % in ${RUNS} runs\n`);
  expect(Math.abs(off)).toBeLessThan(SOAK >= 50 ? 0.02 : 0.2);
});
