import type { Role } from '../../../team/team.ts';
import type { Place } from '../../../text/place.ts';
import type { Choice, Pick as Chosen } from '../../choice.ts';
import type { Price } from './prices.ts';

/** How a role speaks: with which prompt, by which model, at which price. */
export interface Voice {
  readonly prompt: string;
  readonly model: string;
  readonly price: Price;
}

/** What a live run needs of the world outside. */
export interface LiveOptions {
  readonly key: string;
  readonly baseUrl?: string;
  /** How long to wait for the next sign of an answer, in milliseconds. */
  readonly patience: number;
  /** US dollars. */
  readonly maxCost: number;
  readonly signal: AbortSignal;
  readonly voiceOf: (role: Role) => Voice;
  /** The role, or person, that the platform calls so. */
  readonly idOf: (name: string) => string;
  /** A place as people read it. */
  readonly where: (at: Place) => string | undefined;
  /** What chance leaves open. */
  readonly choose: (choice: Choice) => Chosen;
  /** Hears of each piece of an answer while it comes. */
  readonly hearing?: (role: string, text: string) => void;
}
