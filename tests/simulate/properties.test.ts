import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Mind } from '../../src/simulate/choice.ts';
import { replayMind } from '../../src/simulate/minds/replay.ts';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import { seededMind } from '../../src/simulate/minds/seeded.ts';
import { play, type Run } from '../../src/simulate/play.ts';
import type { World } from '../../src/simulate/world.ts';
import { randomPlay, worldFor } from './random.ts';

/** Random teams: 60 on every run of the tests, 1 000 and more when they soak. */
const numRuns = Math.max(60, 20 * Number(process.env['TEAMC_SOAK'] ?? 0));

const minds: readonly (() => Mind)[] = [() => rulesMind, () => seededMind('s', 1), () => seededMind('s', 2)];

function ofEachRun(check: (world: World, run: Run) => void): void {
  fc.assert(
    fc.property(randomPlay, (random) => {
      const world = worldFor(random);
      for (const mind of minds) check(world, play(world, mind()));
    }),
    { numRuns, seed: 20261120 },
  );
}

test('every run comes to an end, and what has no limit ends by itself', () => {
  ofEachRun(({ limits }, { over, state }) => {
    expect(state.steps).toBeLessThanOrEqual(limits.steps + 1);
    if (over.kind === 'limit') expect(['depth', 'turns', 'steps', 'tokens', 'cost', 'wall']).toContain(over.limit);
    else expect(state.tasks[0]?.end).toBe(over.kind);
  });
});

test('time never goes back', () => {
  ofEachRun((_, { events }) => {
    for (let at = 1; at < events.length; at++) expect(events[at]!.t).toBeGreaterThanOrEqual(events[at - 1]!.t);
  });
});

test('no forbidden call is ever made, and none that asks without a yes', () => {
  ofEachRun(({ rules, team }, { events }) => {
    const approved = new Set<string>();
    for (const { type, task, role, tool, argument } of events) {
      const key = `${task} ${role} ${tool} ${argument}`;
      if (type === 'approved') approved.add(key);
      if (type !== 'called') continue;
      const { decision } = rules.call(team.roles.get(role!)!, tool!, argument!);
      expect(decision).not.toBe('deny');
      if (decision === 'ask') expect(approved.has(key)).toBe(true);
    }
  });
});

test('no work is handed to anybody to whom no edge leads', () => {
  ofEachRun(({ rules, team }, { events }) => {
    for (const { type, role, by } of events)
      if (type === 'delegated') expect(rules.call(team.roles.get(by!)!, 'delegate', role!).decision).not.toBe('deny');
  });
});

test('each task ends once: done, failed or settled by a person; only a limit leaves some open', () => {
  ofEachRun((_, { events, state, over }) => {
    const ended = events.flatMap(({ task, end }) => (end ? [task] : []));
    const tasks = [...state.tasks];
    expect(ended.toSorted()).toEqual(tasks.flatMap(({ key, end }) => (end ? [key] : [])).toSorted());
    if (over.kind !== 'limit') expect(tasks.filter(({ end }) => end === undefined).map(({ key }) => key)).toEqual([]);
  });
});

test('all slots are free again at the end', () => {
  ofEachRun(({ roles }, { state, over }) => {
    if (over.kind === 'limit') return;
    expect([state.running, state.held.length]).toEqual([0, 0]);
    for (const at of roles.keys()) {
      const { busy, queue, booked } = state.stations[at]!;
      expect({ busy, waiting: queue.length, booked }).toEqual({ busy: 0, waiting: 0, booked: 0 });
    }
  });
});

test('the same seed plays the same run, and so does its recording', () => {
  ofEachRun((world, run) => {
    const again = play(world, replayMind(run.picks));
    expect(JSON.stringify(again.events)).toBe(JSON.stringify(run.events));
    const seeded = play(world, seededMind('x', 3));
    expect(JSON.stringify(play(world, seededMind('x', 3)).events)).toBe(JSON.stringify(seeded.events));
  });
});
