import { rulings } from '../analysis/ruling.ts';
import { callReader } from '../cli/calls.ts';
import type { Decision } from '../pattern/policy.ts';
import type { RuleJson } from '../report/rule-json.ts';
import { rulingJson } from '../report/ruling.ts';
import type { Enforcement } from '../target/enforcement.ts';
import { enforcer, targetsOf } from '../target/enforcement.ts';
import type { LoadedTeam } from '../team/read.ts';
import { sound, told } from './load-team.ts';

/** Whether a call is allowed, and what says so. */
export interface CanAnswer {
  readonly role: string;
  readonly tool: string;
  readonly argument: string;
  readonly decision: Decision;
  /** The rule that decided, with its place; null where none did. */
  readonly rule: RuleJson | null;
  /** What each of the team's targets makes of the call. */
  readonly targets: Readonly<Record<string, Enforcement>>;
}

/**
 * Whether a role may make a call: `can(team, 'developer', 'shell', 'npm test')`, or `'shell:npm test'` in one word. Throws a
 * `TeamError` for names that the team does not have, and for a team whose files have errors.
 */
export function can(team: LoadedTeam, role: string, tool: string, argument?: string): CanAnswer {
  return told(() => {
    const call = callReader(sound(team).team).call(role, tool, argument);
    const ruling = rulings()(call.role, call.tool, call.argument);
    const targets = targetsOf(team.team).map((target) => {
      const made = enforcer(target).decide(call.role, call.tool, call.argument, ruling.decision);
      return [target.manifest.target, made] as const;
    });
    return rulingJson({ ruling, targets }, team.documents) as unknown as CanAnswer;
  });
}
