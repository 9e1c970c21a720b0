import type { Hash } from './hash.ts';
import type { Key } from './key.ts';
import type { Turn } from './turn.ts';

/**
 * Something uncertain. The key says what is chosen and never how many choices came before, so that the same question has
 * the same key in every run, whatever else changed: `task:login/try:2/outcome`.
 */
export type Choice = {
  readonly key: string;
  /** Of the key, for minds that draw by it. */
  readonly hash: Hash;
} & (
  | {
      readonly kind: 'one';
      /** The first option of the greatest share is the default. The shares add up to one. */
      readonly options: readonly Option[];
      /** Whether an option other than the first is something that goes wrong. */
      readonly fault: boolean;
    }
  | {
      readonly kind: 'amount';
      /** Milliseconds. */
      readonly least: number;
      readonly most: number;
    }
);

/** A possible answer, and how likely it is. */
export interface Option {
  readonly name: string;
  readonly share: number;
}

/** The answer to a choice: the name of an option, an amount, or a role's turn. */
export type Pick = string | number | Turn;

/** Answers choices. The kernel asks, and holds the answer to what the team allows. */
export interface Mind {
  readonly name: string;
  /** Fails with a `Divergence` where a recording has no answer that fits. */
  pick(choice: Choice): Pick;
}

/** A choice of one of several options, of which all but the first are something that goes wrong. */
export function oneOf(key: Key, options: readonly Option[]): Choice {
  return { kind: 'one', key: key.text, hash: key, options, fault: true };
}

/** A yes or no with a chance of yes; no question where it is certain. */
export function whether(key: Key, chance: number): Choice | undefined {
  if (chance <= 0 || chance >= 1) return undefined;
  return oneOf(key, [
    { name: 'no', share: 1 - chance },
    { name: 'yes', share: chance },
  ]);
}

/** An amount between two; no question where they are one. */
export function between(key: Key, [least, most]: readonly [number, number]): Choice | undefined {
  return least === most ? undefined : { kind: 'amount', key: key.text, hash: key, least, most };
}
