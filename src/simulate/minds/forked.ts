import { milliseconds } from '../../team/scenario-units.ts';
import type { Choice, Mind, Pick } from '../choice.ts';
import type { Recorded } from './replay.ts';
import { likeliest } from './rules.ts';

/** An answer that a choice can't have; the message names the choice and what it can have. */
export class Misfit extends Error {}

/** Answers as another mind does, but for some choices by key, whose answers are given as they were written: `red`, `6h`, `90000`. */
export function forkedMind(base: Mind, forks: ReadonlyMap<string, string>): Mind {
  return {
    name: base.name,
    pick(choice) {
      const written = forks.get(choice.key);
      return written === undefined ? base.pick(choice) : pickFrom(choice, written);
    },
  };
}

/** Answers what was recorded wherever its key comes in the run, and otherwise what is likeliest. */
export function keyedMind(recorded: readonly Recorded[]): Mind {
  const picks = new Map(recorded.map(({ key, pick }) => [key, pick]));
  return {
    name: 'keyed',
    pick(choice) {
      const pick = picks.get(choice.key);
      return pick !== undefined && fits(choice, pick) ? pick : likeliest(choice);
    },
  };
}

function fits(choice: Choice, pick: Pick): boolean {
  if (choice.kind === 'one') return choice.options.some(({ name }) => name === pick);
  return typeof pick === 'number' && pick >= choice.least && pick <= choice.most;
}

function pickFrom(choice: Choice, written: string): Pick {
  const pick = choice.kind === 'one' ? written : lengthFrom(written);
  if (fits(choice, pick)) return pick;
  const can =
    choice.kind === 'one'
      ? choice.options.map(({ name }) => name).join(', ')
      : `${choice.least} to ${choice.most} milliseconds, or a duration such as 90m`;
  throw new Misfit(`"${choice.key}" can't be "${written}"; it can be: ${can}.`);
}

/** A length of time in milliseconds; not a number where it is none. */
function lengthFrom(written: string): number {
  if (/^\d+$/.test(written)) return Number(written);
  return /^\d+(?:\.\d+)?(?:ms|s|m|h|d|w)$/.test(written) ? milliseconds(written) : Number.NaN;
}
