import type { Side, SideSaid } from '../analysis/compare-teams.ts';
import { saidOf } from '../analysis/said.ts';
import { decide, matches } from '../pattern/decide.ts';
import type { Decision, Policy } from '../pattern/policy.ts';
import type { Role, Team } from '../team/team.ts';
import type { Tool } from '../team/tools.ts';
import { enforcer, policyFor } from './enforcement.ts';
import type { Target } from './target.ts';

/** A team as one target makes it, as a side of a comparison. */
export function targetSide({ roles }: Team, target: Target): Side {
  const enforced = enforcer(target);
  const said = (role: Role, tool: Tool, argument: string): SideSaid => {
    const found = enforced.of(role, tool);
    const policy = policyFor(found, tool, argument);
    const { decision } = decide(policy, argument);
    const { at, by } = saidOf(role, tool, argument);
    const matched = patternFor(policy, argument, decision);
    return {
      decision,
      at,
      target: target.manifest.title,
      ...(matched === undefined ? { by: 'default' } : { by: 'rule', pattern: matched, own: by === 'default' }),
      ...(found.because === undefined ? {} : { because: found.because }),
    };
  };
  return { roles, policy: enforced.of, said };
}

/** The pattern that says what is decided, in the last list that has one. */
function patternFor({ lists }: Policy, argument: string, decided: Decision): string | undefined {
  return lists
    .map(({ rules }) => rules.findLast(({ dialect, pattern }) => matches(dialect, pattern, argument)))
    .findLast((rule) => rule?.decision === decided)?.pattern;
}
