/** How an event looks: a turn for the better or the worse, a question, a climb. */
export type TimelineMark = 'plain' | 'good' | 'bad' | 'question' | 'up';

/** An event on the page. Lanes are positions in the run's list of lanes. */
export interface TimelineEvent {
  /** The time as people read it. */
  readonly time: string;
  readonly lane: number;
  /** Whom it leads to, or -1. */
  readonly to: number;
  readonly mark: TimelineMark;
  readonly what: string;
  readonly why: string;
  /** File, line and column of what says so. */
  readonly where: string;
  readonly task: string;
  /** More that is known of it: a name and a text each. */
  readonly more: readonly (readonly [name: string, text: string])[];
}

/** Who takes part. */
export interface TimelineLane {
  readonly id: string;
  readonly kind: 'role' | 'person';
  readonly events: number;
}

/** What was expected of a run, and the events that show whether it was kept. */
export interface TimelineVerdict {
  readonly name: string;
  readonly status: 'kept' | 'broken' | 'open';
  readonly why: string;
  readonly events: readonly number[];
}

/** One run on the page. */
export interface TimelineRun {
  readonly title: string;
  readonly under: string;
  readonly facts: readonly (readonly [name: string, text: string])[];
  readonly lanes: readonly TimelineLane[];
  readonly events: readonly TimelineEvent[];
  readonly verdicts: readonly TimelineVerdict[];
}
