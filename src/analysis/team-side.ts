import { policyOf } from '../team/policy.ts';
import type { Team } from '../team/team.ts';
import type { Side } from './compare-teams.ts';
import { saidOf } from './said.ts';

/** A team as its authors mean it, as a side of a comparison. */
export function teamSide({ roles }: Team): Side {
  return { roles, policy: (role, tool) => ({ policy: policyOf(role, tool) }), said: saidOf };
}
