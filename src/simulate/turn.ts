import type { Place } from '../text/place.ts';

/** What a role does in one turn when nobody but itself decides: what it says, and what it calls for. */
export interface Turn {
  readonly says: string;
  readonly does: readonly Deed[];
  /** Why there is nothing more: it was cut off, or it declines. */
  readonly ends?: 'cut' | 'declined';
  /** How long it took, in milliseconds. */
  readonly took: number;
  /** Tokens in and out, and what they cost in US dollars. */
  readonly tokens: number;
  readonly cost: number;
  /** What keeps the run from going on after it: a limit, the person at the keys, or the service. */
  readonly halts?: { readonly limit: string; readonly value: number };
}

/** One thing that a role calls for. */
export type Deed =
  | { readonly kind: 'delegate'; readonly to: string; readonly text: string; readonly plan?: string }
  | { readonly kind: 'escalate'; readonly to: string; readonly text: string }
  | { readonly kind: 'call'; readonly tool: string; readonly argument: string }
  | { readonly kind: 'review'; readonly task: string; readonly passes: boolean; readonly text: string }
  | { readonly kind: 'finish'; readonly ok: boolean; readonly text: string }
  /** Something that can't be understood: what was called for, and what is wrong with it. */
  | { readonly kind: 'unclear'; readonly tool: string; readonly because: string };

/** What a role is told: the answer to one of its deeds or, with -1, what comes on its own. */
export interface Heard {
  readonly deed: number;
  readonly ok: boolean;
  readonly text: string;
  /** The place of the rule that says so. */
  readonly at?: Place;
}

/** A turn that is due. */
export interface TurnChoice {
  readonly key: string;
  /** The task's name in this run, the same for all turns on it. */
  readonly task: string;
  readonly role: string;
  /** Who handed it over; nothing for the request. */
  readonly by?: string;
  readonly heard: readonly Heard[];
}

/** A role's talk about its task, while the run goes on. */
export interface Talk {
  /** Turns so far. */
  readonly turns: number;
  readonly heard: readonly Heard[];
  /** The turn that is being played. */
  readonly last?: Turn;
  /** The indexes of the tasks that came of all turns. */
  readonly parts: readonly number[];
  /** How many of its deeds have no answer yet. */
  readonly open: number;
  /** The deed of whoever handed the task over that waits for its end. */
  readonly deed: number;
  /** The result, while it stands before its gates. */
  readonly result?: string;
  /** Whether it is a question to somebody above, and no work that was handed over. */
  readonly asked?: true;
}
