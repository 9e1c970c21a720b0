import type { Turn } from './turn.ts';

/**
 * Something uncertain. The key says what is chosen and never how many choices came before, so that the same question has
 * the same key in every run, whatever else changed: `task:login/try:2/outcome`.
 */
export type Choice =
  | {
      readonly kind: 'one';
      readonly key: string;
      /** The first option of the greatest share is the default. The shares add up to one. */
      readonly options: readonly Option[];
      /** Whether an option other than the first is something that goes wrong. */
      readonly fault: boolean;
    }
  | {
      readonly kind: 'amount';
      readonly key: string;
      /** Milliseconds. */
      readonly least: number;
      readonly most: number;
    };

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
