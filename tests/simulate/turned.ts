import { expect } from 'vitest';
import type { Mind } from '../../src/simulate/choice.ts';
import { replayMind } from '../../src/simulate/minds/replay.ts';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import type { Run } from '../../src/simulate/play.ts';
import { playTurns, replayTurns } from '../../src/simulate/play-turns.ts';
import { readRecording, recordingText } from '../../src/simulate/recording.ts';
import type { Deed, Turn, TurnChoice } from '../../src/simulate/turn.ts';
import { told, worldFrom } from './played.ts';

/** Hands work over, as a task of the plan if it is named. */
export const delegate = (to: string, text = 'Do it', plan?: string): Deed => ({
  kind: 'delegate',
  to,
  text,
  ...(plan === undefined ? {} : { plan }),
});
/** Runs a command. */
export const shell = (argument: string): Deed => ({ kind: 'call', tool: 'shell', argument });
/** Says that the work is done, or has failed. */
export const finish = (text = 'All is well', ok = true): Deed => ({ kind: 'finish', ok, text });
/** Looks at a result. */
export const review = (task: string, passes: boolean): Deed => ({
  kind: 'review',
  task,
  passes,
  text: 'look at the colours',
});
/** Turns to somebody. */
export const escalate = (to: string): Deed => ({ kind: 'escalate', to, text: 'Which colour?' });

/** What each task's role does, turn by turn. */
export type Script = Readonly<Record<string, readonly (readonly Deed[] | Partial<Turn>)[]>>;

/** Plays a script of turns for each task; beyond its end a task is finished. What each heard is kept. */
export async function playedTurns(
  script: Script,
  scenario: string,
  team: string,
  mind: Mind = rulesMind,
): Promise<{ story: readonly string[]; heard: readonly string[]; text: string; run: Run }> {
  const heard: string[] = [];
  const world = { ...worldFrom(team, scenario), turns: true };
  const run = await playTurns(world, {
    pick: mind.pick,
    turn: async (choice) => {
      heard.push(...heardIn(choice));
      return turnIn(script, choice);
    },
  });
  const text = recordingText(world, run.picks);
  const recording = readRecording(text);
  if (typeof recording === 'string') throw new Error(recording);
  const again = replayTurns(world, replayMind(recording.choices));
  expect([again.events, again.picks, again.over]).toEqual([run.events, run.picks, run.over]);
  return { story: told(run), heard, text, run };
}

function heardIn({ key, heard }: TurnChoice): readonly string[] {
  return heard.map(({ ok, text }) => `${key.replace('task:', '')} ${ok ? '' : '! '}${text.replaceAll('\n', ' / ')}`);
}

function turnIn(script: Script, { task, key }: TurnChoice): Turn {
  const found = script[task]?.[Number(/turn:(\d+)$/.exec(key)![1]) - 1] ?? [finish()];
  const turn = Array.isArray(found) ? { does: found as readonly Deed[] } : (found as Partial<Turn>);
  return { says: '', does: [], took: 1000, tokens: 100, cost: 0.01, ...turn };
}
