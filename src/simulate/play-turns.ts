import type { Choice, Pick } from './choice.ts';
import type { SimEvent } from './event.ts';
import { begun, choiceOf, step, turnOf } from './kernel.ts';
import type { Recorded } from './minds/replay.ts';
import type { Run } from './play.ts';
import { overOf, type State } from './state.ts';
import type { Turn, TurnChoice } from './turn.ts';
import type { World } from './world.ts';

/** A mind that speaks for the roles: it takes their turns, and answers what chance leaves open. */
export interface Speaker {
  pick(choice: Choice): Pick;
  /** Never fails: what keeps it from an answer is a turn that halts the run. */
  turn(choice: TurnChoice): Promise<Turn>;
}

/** A run as far as it has come. */
export interface Progress {
  readonly events: readonly SimEvent[];
  readonly picks: readonly Recorded[];
  readonly state: State;
}

/** Plays one run in which roles decide for themselves; `told` hears of each turn once it is played. */
export async function playTurns(world: World, speaker: Speaker, told?: (progress: Progress) => void): Promise<Run> {
  const walk = walkThrough(world, (choice) => speaker.pick(choice), told);
  let asked = walk.next();
  while (!asked.done) asked = walk.next(await speaker.turn(asked.value));
  return asked.value;
}

/** Plays a recording of such a run, at once. Fails as the mind does. */
export function replayTurns(world: World, mind: { pick(choice: Choice): Pick; turn(choice: TurnChoice): Turn }): Run {
  const walk = walkThrough(world, (choice) => mind.pick(choice));
  let asked = walk.next();
  while (!asked.done) asked = walk.next(mind.turn(asked.value));
  return asked.value;
}

function* walkThrough(
  world: World,
  choose: (choice: Choice) => Pick,
  told?: (progress: Progress) => void,
): Generator<TurnChoice, Run, Turn> {
  const first = begun(world);
  const events: SimEvent[] = [...first.events];
  const picks: Recorded[] = [];
  let { state } = first;
  while (state.agenda.first && !state.over) {
    const due = turnOf(world, state);
    const choice = due ? undefined : choiceOf(world, state);
    let pick: Pick | undefined;
    if (due) {
      const turn = yield due;
      pick = turn;
      picks.push({ key: due.key, heard: due.heard.map(({ deed, ok, text }) => ({ deed, ok, text })), pick: turn });
    } else if (choice) {
      pick = choose(choice);
      picks.push({ key: choice.key, pick });
    }
    const next = step(world, state, pick);
    state = next.state;
    events.push(...next.events);
    if (due) told?.({ events, picks, state });
  }
  return { events, picks, state, over: overOf(state) };
}
