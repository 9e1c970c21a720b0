import type { Mind, Pick } from './choice.ts';
import type { SimEvent } from './event.ts';
import { begun, choiceOf, step } from './kernel.ts';
import type { Recorded } from './minds/replay.ts';
import type { Over, State } from './state.ts';
import type { World } from './world.ts';

/** One run from the request to its end: everything that happened, everything that was chosen, and the last state. */
export interface Run {
  readonly events: readonly SimEvent[];
  readonly picks: readonly Recorded[];
  readonly state: State;
  readonly over: Over;
}

/** Plays one run. It ends: every step is counted, and steps have a limit. Fails as the mind does. */
export function play(world: World, mind: Mind): Run {
  const first = begun(world);
  const events: SimEvent[] = [...first.events];
  const picks: Recorded[] = [];
  let { state } = first;
  while (state.agenda && !state.over) {
    const choice = choiceOf(world, state);
    let pick: Pick | undefined;
    if (choice) {
      pick = mind.pick(choice);
      picks.push({ key: choice.key, pick });
    }
    const next = step(world, state, pick);
    state = next.state;
    events.push(...next.events);
  }
  // Without anything due the request would wait forever; the kernel leaves no such state behind.
  return { events, picks, state, over: state.over ?? { kind: 'failed' } };
}
