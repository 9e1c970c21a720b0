import type { Facts } from '../analysis/facts.ts';
import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import type { Plan, Target } from '../target/target.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Team } from '../team/team.ts';
import type { Idle } from './suppress.ts';

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
  /** The platforms that were asked about, by the names of their targets; without any, rules about platforms stay silent. */
  readonly targets: readonly string[];
  /** Targets of a person's own among them, by name. */
  readonly ownTargets: ReadonlyMap<string, Target>;
  /** What a platform would make of the team; compiled once, when it is first asked for. */
  plan(target: string): Plan;
  /** The ignores that cover nothing of what the rules before found; nothing while a file of the team can't be read. */
  idle(): readonly Idle[];
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
  /** The rule runs after all others, as it is about what they found. */
  readonly closing?: true;
  check(context: RuleContext): void;
}
