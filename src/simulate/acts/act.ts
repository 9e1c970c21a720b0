import type { Choice, Pick } from '../choice.ts';
import type { Stage } from '../stage.ts';
import type { Act } from '../state.ts';

/**
 * One kind of thing that is due. First it may have a question; then it plays, with the answer. Both see the same stage, and
 * the question changes nothing in it.
 */
export interface Player {
  ask?(stage: Stage, act: Act): Choice | undefined;
  play(stage: Stage, act: Act, pick: Pick | undefined): void;
}
