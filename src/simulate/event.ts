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
  readonly role?: string | undefined;
  /** Who handed over, answered, approved or refused. */
  readonly by?: string | undefined;
  /** Who is asked, or turned to. */
  readonly to?: string | undefined;
  /** What is asked or said, in words. */
  readonly text?: string | undefined;
  readonly tool?: string | undefined;
  readonly argument?: string | undefined;
  readonly decision?: Decision | undefined;
  /** How well the target holds a decision; nothing for the team's own meaning. */
  readonly held?: Level | undefined;
  /** The failure class. */
  readonly class?: string | undefined;
  /** The step of the ladder. */
  readonly step?: string | undefined;
  readonly gate?: string | undefined;
  /** Why, in words. */
  readonly because?: string | undefined;
  /** The place that says so. */
  readonly at?: Place | undefined;
  /** What a hand-over passes on and holds back, and what it must fill in. */
  readonly context?: { readonly include: readonly string[]; readonly exclude: readonly string[] } | undefined;
  readonly required?: readonly string[] | undefined;
  readonly with?: readonly string[] | undefined;
  /** Foreign instructions that the message may carry, and where they were read. */
  readonly taint?: readonly string[] | undefined;
  /** Milliseconds in the queue and at work. */
  readonly waited?: number | undefined;
  readonly worked?: number | undefined;
  /** Whether the result has a flaw that nobody has found. */
  readonly flawed?: true | undefined;
  /** The task ends with this event, in this way. */
  readonly end?: End | undefined;
}

/** How a task ends: finished, given up, or settled by the person at the end of the ladder. */
export type End = 'done' | 'failed' | 'escalated';
