/** A call of which the page shows who gets to it. */
export interface PageCall {
  /** Such as `shell:terraform destroy *`. */
  readonly name: string;
  /** The roles that may make such a call themselves: position, decision, a call as an example, the rule and its place. */
  readonly ends: readonly (readonly [role: number, decision: 'allow' | 'ask', witness: string, rule: string])[];
}

/** A finding of lint, with its place as `file:line`. */
export interface PageFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly help: string;
  readonly place: string;
  /** The position of the role that it is about; -1 where it is about the team. */
  readonly role: number;
}

/** A part of a role's card: a title and rows, every text by its position in `texts`. */
export type PageSection = readonly [title: number, rows: readonly (readonly number[])[]];

/**
 * What the page's script knows of a team. Positions are those of the drawing's nodes; behind them are roles that the
 * picture leaves out, and below zero what stands for rules that several roles share.
 */
export interface PageData {
  readonly texts: readonly string[];
  readonly nodes: readonly {
    readonly kind: 'role' | 'person' | 'unknown';
    readonly id: string;
    readonly title: string;
    /** What a role's description says. */
    readonly about: string;
    readonly card: readonly PageSection[];
  }[];
  readonly findings: readonly PageFinding[];
  readonly calls: readonly PageCall[];
  readonly over: readonly (readonly [from: number, to: number, asked: 0 | 1, by: 'delegates-to' | 'switch-role'])[];
  /** The relations that are shown at first. */
  readonly shown: readonly string[];
}
