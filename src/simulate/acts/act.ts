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

/** A yes or no with a chance; no question where it is certain. */
export function whether(key: string, chance: number): Choice | undefined {
  if (chance <= 0 || chance >= 1) return undefined;
  return {
    kind: 'one',
    key,
    fault: true,
    options: [
      { name: 'no', share: 1 - chance },
      { name: 'yes', share: chance },
    ],
  };
}

/** An amount between two; no question where they are one. */
export function between(key: string, [least, most]: readonly [number, number]): Choice | undefined {
  return least === most ? undefined : { kind: 'amount', key, least, most };
}
