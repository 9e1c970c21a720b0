import { compare } from '../pattern/compare.ts';
import { UnsupportedPattern } from '../pattern/expression.ts';
import { type Decision, type Policy, rank } from '../pattern/policy.ts';
import { policyOf } from '../team/policy.ts';
import type { Role } from '../team/team.ts';
import type { Tool } from '../team/tools.ts';
import { enforcer } from './enforcement.ts';
import type { Target } from './target.ts';
import { domainOf, remembered } from './usable.ts';

/** A call that a platform decides more loosely than the team. */
export interface Loose {
  readonly call: string;
  readonly meant: Decision;
  readonly there: Decision;
}

/**
 * Asks of a role's tool for a call that a target decides more loosely than the team. `none`: there is none, the target is
 * as strict or stricter. `unknown`: that could not be found out.
 */
export function looseCalls(target: Target): (role: Role, tool: Tool) => Loose | 'none' | 'unknown' {
  const enforced = enforcer(target);
  return (role, tool) => looser({ lists: policyOf(role, tool).lists }, enforced.of(role, tool).policy, tool);
}

const looser = remembered((meant: Policy, there: Policy, tool: Tool): Loose | 'none' | 'unknown' => {
  try {
    const { verdict, cells } = compare(meant, there, { domain: domainOf(tool) });
    const cell = cells.find(({ from, to }) => rank(to) > rank(from));
    if (cell) return { call: cell.witness, meant: cell.from, there: cell.to };
    return verdict === 'undecided' ? 'unknown' : 'none';
  } catch (error) {
    if (!(error instanceof UnsupportedPattern)) throw error;
    return 'unknown';
  }
});
