import { delegatesOf } from '../../analysis/delegates.ts';
import { decide } from '../../pattern/decide.ts';
import type { Decision, PatternRule, Policy } from '../../pattern/policy.ts';
import { policyOf } from '../../team/policy.ts';
import type { Role } from '../../team/team.ts';

/** A policy that decides every call alike. */
export function constantly(otherwise: Decision): Policy {
  return { lists: [{ rules: [], otherwise }] };
}

/** Delegation where each role that can be handed work is named with its decision, and nobody else can. */
export function edgesOf(role: Role): Policy {
  const policy = policyOf(role, 'delegate');
  const rules = delegatesOf(role).map(
    ({ id }): PatternRule => ({ dialect: 'name', pattern: id, decision: decide(policy, id).decision }),
  );
  return { lists: [{ rules, otherwise: 'deny' }] };
}
