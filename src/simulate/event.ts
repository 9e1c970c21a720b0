import type { Decision } from '../pattern/policy.ts';
import type { Level } from '../target/target.ts';
import type { EventWord } from '../team/scenario.ts';
import type { Place } from '../text/place.ts';

/** One thing that happens in a run. A run is nothing but the list of these. */
export interface SimEvent {
  readonly type: EventWord;
  /** Milliseconds since the request. */
  readonly t: number;
  /** The task that it belongs to; `request` is the whole. */
  readonly task: string;
  /** Whose event it is: who does, gets, asks or fails. */
  readonly role?: string;
  /** Who handed over, answered, approved or refused. */
  readonly by?: string;
  /** Who is asked, or turned to. */
  readonly to?: string;
  /** What is asked or said, in words. */
  readonly text?: string;
  readonly tool?: string;
  readonly argument?: string;
  readonly decision?: Decision;
  /** How well the target holds a decision; nothing for the team's own meaning. */
  readonly held?: Level;
  /** The failure class. */
  readonly class?: string;
  /** The step of the ladder. */
  readonly step?: string;
  readonly gate?: string;
  /** Why, in words. */
  readonly because?: string;
  /** The place that says so. */
  readonly at?: Place;
  /** What a hand-over passes on and holds back, and what it must fill in. */
  readonly context?: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly required?: readonly string[];
  readonly with?: readonly string[];
  /** Foreign instructions that the message may carry, and where they were read. */
  readonly taint?: readonly string[];
  /** Milliseconds in the queue and at work. */
  readonly waited?: number;
  readonly worked?: number;
  /** Whether the result has a flaw that nobody has found. */
  readonly flawed?: true;
  /** The task ends with this event, in this way. */
  readonly end?: End;
}

/** How a task ends: finished, given up, or settled by the person at the end of the ladder. */
export type End = 'done' | 'failed' | 'escalated';
