import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replayMind } from '../../src/simulate/minds/replay.ts';
import { seededMind } from '../../src/simulate/minds/seeded.ts';
import type { Run } from '../../src/simulate/play.ts';
import { playTurns, replayTurns } from '../../src/simulate/play-turns.ts';
import { readRecording, recordingText } from '../../src/simulate/recording.ts';
import type { Deed, Turn } from '../../src/simulate/turn.ts';
import type { World } from '../../src/simulate/world.ts';
import { type RandomPlay, randomPlay, worldFor } from './random.ts';

/** Random teams and models: 60 on every run of the tests, 1 000 and more when they soak. */
const numRuns = Math.max(60, 20 * Number(process.env['TEAMC_SOAK'] ?? 0));

const NAMES = ['r0', 'r1', 'r2', 'r3', 'boss', 'vendor', 'user', 'nobody', '__proto__'] as const;
const CALLS = ['npm test', 'rm -rf build', 'git push --force', 'ls && make', ''] as const;
const TOOLS = ['shell', 'edit', 'read', 'fetch', 'mcp', 'constructor', 'delegate'] as const;

/** What a model may come up with, sensible or not. */
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    kind: fc.constant('delegate' as const),
    to: fc.constantFrom(...NAMES),
    text: fc.constantFrom('Do it', ''),
  }),
  fc.record({
    kind: fc.constant('delegate' as const),
    to: fc.constantFrom(...NAMES),
    text: fc.constant('Do it'),
    plan: fc.constantFrom('t0', 't1', '1', 'toString'),
  }),
  fc.record({ kind: fc.constant('escalate' as const), to: fc.constantFrom(...NAMES), text: fc.constant('Help') }),
  fc.record({
    kind: fc.constant('call' as const),
    tool: fc.constantFrom(...TOOLS),
    argument: fc.constantFrom(...CALLS),
  }),
  fc.record({
    kind: fc.constant('review' as const),
    task: fc.constantFrom(...NAMES, 't0'),
    passes: fc.boolean(),
    text: fc.constant('so'),
  }),
  fc.record({ kind: fc.constant('finish' as const), ok: fc.boolean(), text: fc.constant('So it is') }),
  fc.record({
    kind: fc.constant('unclear' as const),
    tool: fc.constantFrom(...TOOLS),
    because: fc.constant('it is empty'),
  }),
);

const turn: fc.Arbitrary<Turn> = fc.record(
  {
    says: fc.constantFrom('', 'I think so.'),
    does: fc.array(deed, { maxLength: 4 }),
    ends: fc.constantFrom('cut' as const, 'declined' as const),
    took: fc.integer({ min: 0, max: 5000 }),
    tokens: fc.integer({ min: 0, max: 5000 }),
    cost: fc.constantFrom(0, 0.01),
  },
  { requiredKeys: ['says', 'does', 'took', 'tokens', 'cost'] },
);

/** A model that says again and again the same few things, in the order in which it is asked. */
const model = fc.array(turn, { minLength: 1, maxLength: 12 });

async function ofEachRun(check: (world: World, run: Run) => void): Promise<void> {
  await fc.assert(
    fc.asyncProperty(randomPlay, model, async (random, turns) => check(...(await played(random, turns)))),
    { numRuns, seed: 20261120 },
  );
}

async function played(random: RandomPlay, turns: readonly Turn[]): Promise<[World, Run]> {
  const own = worldFor(random);
  const world: World = { ...own, turns: true, limits: { ...own.limits, steps: 2000 } };
  const { pick } = seededMind('s', 1);
  let asked = 0;
  const run = await playTurns(world, { pick, turn: async () => turns[asked++ % turns.length]! });
  return [world, run];
}

test('whatever a model does, the run comes to an end', async () => {
  await ofEachRun(({ limits }, { over, state }) => {
    expect(state.steps).toBeLessThanOrEqual(limits.steps + 1);
    if (over.kind === 'limit') expect(['depth', 'turns', 'steps', 'tokens', 'cost', 'wall']).toContain(over.limit);
    else expect([...state.tasks][0]?.end).toBe(over.kind);
  });
});

test('whatever a model does, work goes down the edges of the team only, and failures up', async () => {
  await ofEachRun(({ rules, team }, { events }) => {
    for (const { type, role, by, to } of events) {
      if (type === 'delegated') expect(rules.call(team.roles.get(by!)!, 'delegate', role!).decision).not.toBe('deny');
      if (type === 'escalated' && to !== undefined) expect(team.roles.has(to) || team.people.has(to)).toBe(true);
    }
  });
});

test('whatever a model calls, nothing is made that the rules deny, and nothing that asks without a yes', async () => {
  await ofEachRun(({ rules, team }, { events }) => {
    for (const [at, { type, role, tool, argument, task }] of events.entries()) {
      if (type !== 'called') continue;
      const { decision } = rules.call(team.roles.get(role!)!, tool!, argument!);
      expect(decision).not.toBe('deny');
      if (decision !== 'ask') continue;
      const yes = events
        .slice(0, at)
        .some((event) => event.type === 'approved' && event.task === task && event.argument === argument);
      expect(yes).toBe(true);
    }
  });
});

test('whatever a model does, no task is done before its gates were looked at', async () => {
  await ofEachRun((_, { events, state }) => {
    const tasks = [...state.tasks];
    for (const { key, job, edge, end, talk } of tasks) {
      const gates = new Set([...job.gates, ...(edge?.gates ?? [])]);
      if (end !== 'done' || talk?.asked) continue;
      const passed = new Set(
        events.flatMap((event) => (event.type === 'passed' && event.task === key ? [event.gate] : [])),
      );
      expect([...gates].filter((gate) => !passed.has(gate))).toEqual([]);
    }
  });
});

test('whatever a model does, the recording replays to an equal run', async () => {
  await ofEachRun((world, run) => {
    const recording = readRecording(recordingText(world, run.picks));
    if (typeof recording === 'string') throw new Error(recording);
    const mind = replayMind(recording.choices);
    const again = replayTurns(world, mind);
    expect([again.events, again.over, mind.rest()]).toEqual([run.events, run.over, 0]);
  });
});
