import { compareTeams, type Side } from '../analysis/compare-teams.ts';
import { teamSide } from '../analysis/team-side.ts';
import { targetNamed } from '../cli/simulate/input.ts';
import type { Verdict } from '../pattern/compare.ts';
import type { Decision } from '../pattern/policy.ts';
import { comparisonJson } from '../report/comparison.ts';
import type { RuleJson } from '../report/rule-json.ts';
import { targetSide } from '../target/target-side.ts';
import type { LoadedTeam } from '../team/read.ts';
import { sound, told } from './load-team.ts';

/** A call that is decided otherwise on the second side. */
export interface CompareChange {
  readonly role: string;
  readonly tool: string;
  readonly from: Decision;
  readonly to: Decision;
  /** A call that shows it. */
  readonly witness: string;
  /** The rules behind both decisions; null where no rule spoke. */
  readonly rules: readonly (RuleJson | null)[];
}

/** How the second side relates to the first. */
export interface CompareResult {
  readonly verdict: Verdict | 'undecided';
  readonly changes: readonly CompareChange[];
  /** Where a limit was reached before an answer. */
  readonly undecided: readonly { readonly role: string; readonly tool: string }[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What each side stands for: the team as it is meant, unless a platform is named. */
export interface CompareOptions {
  readonly targets?: readonly [string | undefined, string | undefined];
}

/**
 * Which role may do what it could not before: two teams, or one team on two platforms. Throws a `TeamError` for a team whose
 * files have errors, and for a target that does not exist.
 */
export function compare(
  a: LoadedTeam,
  b: LoadedTeam,
  { targets = [undefined, undefined] }: CompareOptions = {},
): CompareResult {
  return told(() => {
    const comparison = compareTeams(sideOf(a, targets[0]), sideOf(b, targets[1]));
    const sides = [
      { name: a.team.name, documents: a.documents },
      { name: b.team.name, documents: b.documents },
    ] as const;
    return comparisonJson({ comparison, sides }) as unknown as CompareResult;
  });
}

function sideOf(team: LoadedTeam, name: string | undefined): Side {
  const target = targetNamed(name);
  return target ? targetSide(sound(team).team, target) : teamSide(sound(team).team);
}
