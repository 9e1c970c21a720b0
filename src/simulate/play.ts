import type { Mind, Pick } from './choice.ts';
import type { SimEvent } from './event.ts';
import { advance, choiceOn } from './kernel.ts';
import type { Recorded } from './minds/replay.ts';
import { enter } from './request.ts';
import { type Listener, Stage } from './stage.ts';
import { emptyState, type Over, overOf, type State } from './state.ts';
import type { World } from './world.ts';

/** One run from the request to its end: everything that happened, everything that was chosen, and the last state. */
export interface Run {
  readonly events: readonly SimEvent[];
  readonly picks: readonly Recorded[];
  readonly state: State;
  readonly over: Over;
}

/** How a run ended, and how many events it had. */
export interface Ended {
  readonly state: State;
  readonly over: Over;
  readonly count: number;
}

/** Plays one run. It ends: every step is counted, and steps have a limit. Fails as the mind does. */
export function play(world: World, mind: Mind): Run {
  const events: SimEvent[] = [];
  const picks: Recorded[] = [];
  const noting: Mind = {
    name: mind.name,
    pick(choice) {
      const pick = mind.pick(choice);
      picks.push({ key: choice.key, pick });
      return pick;
    },
  };
  const { state, over } = follow(world, noting, { hears: () => true, tell: (event) => events.push(event) });
  return { events, picks, state, over };
}

/** Plays one run of which only what a listener hears is told. */
export function follow(world: World, mind: Mind, listener: Listener): Ended {
  const stage = new Stage(world, emptyState(world.roles.length), listener);
  const { state } = stage;
  enter(stage);
  let pick: Pick | undefined;
  do {
    const choice = choiceOn(stage);
    pick = choice && mind.pick(choice);
  } while (advance(stage, pick));
  return { state, over: overOf(state), count: stage.count };
}
