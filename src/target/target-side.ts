import type { Side, SideSaid } from '../analysis/compare-teams.ts';
import { saidOf } from '../analysis/said.ts';
import { decide } from '../pattern/decide.ts';
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
    const { decision, list, rule } = decide(policy, argument);
    const { at } = saidOf(role, tool, argument);
    const matched = rule === undefined ? undefined : policy.lists[list]!.rules[rule]!.pattern;
    return {
      decision,
      at,
      target: target.manifest.title,
      ...(matched === undefined ? { by: 'default' } : { by: 'rule', pattern: matched }),
      ...(found.because === undefined ? {} : { because: found.because }),
    };
  };
  return { roles, policy: enforced.of, said };
}
