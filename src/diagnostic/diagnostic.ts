import type { Place } from '../text/place.ts';

export type Severity = 'error' | 'warning' | 'info';

/** One replacement: the source text of the value (or key, or span) at a place becomes `text`. */
export interface Edit {
  readonly at: Place;
  readonly text: string;
}

/** A change that makes a finding go away. */
export interface Fix {
  readonly title: string;
  /** `safe` keeps what the author meant; `unsafe` needs a person to agree. */
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly Edit[];
}

/** A second place that shows why. */
export interface Related {
  readonly at: Place;
  readonly message: string;
}

/**
 * Something to tell the author: `message` says what is wrong, `related` shows why, `help` says what to do.
 * It is plain data; colours, code frames and links belong to the reports.
 */
export interface Diagnostic {
  /** The id of the lint rule, which is also the name of its page. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Place;
  readonly related?: readonly Related[];
  readonly help?: string;
  readonly fix?: Fix;
  /** The role that the finding is about, where it is about one. */
  readonly role?: string;
}
