import type { Facts } from '../analysis/facts.ts';
import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Team } from '../team/team.ts';

/** A finding as a rule reports it; the runner adds the rule's id and its severity. */
export type Finding = Omit<Diagnostic, 'rule' | 'severity'> & {
  /** Where one finding of a rule weighs less or more than its others. */
  readonly severity?: Severity;
};

/** What a rule may look at. */
export interface RuleContext {
  readonly loaded: LoadedTeam;
  readonly team: Team;
  readonly facts: Facts;
  /** The rule's own settings from `lint.rules` of the team. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The ids of all rules, of those too that do not run. */
  readonly ruleIds: readonly string[];
  report(finding: Finding): void;
}

/**
 * A check that a team can fail.
 *
 * The id names the problem, not the wish: it must read well after "ignore", as in `# teamc-ignore delegation-cycle`.
 */
export interface Rule {
  readonly id: string;
  /** One line, for the table of rules and `teamc explain`. */
  readonly summary: string;
  readonly severity: Severity;
  /** `strict` rules are a matter of taste and run only in that profile. */
  readonly profile?: 'strict';
  /**
   * The rule passes on what was found while the files were read, so it also speaks of files that could not be read.
   * All others stay silent about such files.
   */
  readonly reading?: true;
  check(context: RuleContext): void;
}
