/** What a rule says of a call: do it, ask a person first, or don't. */
export type Decision = 'allow' | 'ask' | 'deny';

/**
 * How a pattern is to be read.
 *
 * The first four are teamc's own: `command`, `path`, `url`, and `name` for roles, tools and servers. `opencode`,
 * `claude-bash`, `claude-path` and `roo-prefix` are those platforms' own dialects, and `regexp` is an unanchored
 * JavaScript regular expression without flags, as Roo's `fileRegex`.
 */
export type Dialect =
  | 'command'
  | 'path'
  | 'url'
  | 'name'
  | 'opencode'
  | 'claude-bash'
  | 'claude-path'
  | 'roo-prefix'
  | 'regexp';

/** One pattern and what it decides. */
export interface PatternRule {
  readonly dialect: Dialect;
  readonly pattern: string;
  readonly decision: Decision;
}

/** Rules in their order: the LAST one that matches decides, and `otherwise` where none does. */
export interface RuleList {
  readonly rules: readonly PatternRule[];
  readonly otherwise: Decision;
}

/** A conjunction: the strictest answer of all its lists holds. A plain list is a policy of one. */
export interface Policy {
  readonly lists: readonly RuleList[];
}

/** The decisions from the strictest to the most permissive: the position is the rank. */
export const decisions: readonly Decision[] = ['deny', 'ask', 'allow'];

/** How permissive a decision is: 0 for deny, 1 for ask, 2 for allow. */
export function rank(decision: Decision): number {
  return decisions.indexOf(decision);
}

/** The stricter of two decisions. */
export function stricter(a: Decision, b: Decision): Decision {
  return rank(a) <= rank(b) ? a : b;
}
