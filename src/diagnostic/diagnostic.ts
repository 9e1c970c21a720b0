import type { Place } from '../text/place.ts';

export type Severity = 'error' | 'warning' | 'info';

/** One change of a file. How it is written there, the document decides: a rule knows values, and nothing of quotes. */
export type Edit = Rewrite | Renaming | Removal;

/** The source text of the value (or key, or span) at a place becomes `text`, as it stands. */
export interface Rewrite {
  readonly at: Place;
  readonly text: string;
}

/** The text at a place, be it a value or a key, becomes another; it keeps its quotes, or gets some if it needs them. */
export interface Renaming {
  readonly at: Place;
  readonly value: string;
}

/** The item of a list, or the key of a map with its value, goes away, with its line and the comment behind it. */
export interface Removal {
  readonly at: Place;
  readonly remove: true;
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
  /** The source text at the place is not to be shown: it holds a secret. */
  readonly concealed?: true;
}
