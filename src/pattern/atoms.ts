import type { Domain } from './domain.ts';
import { DEFAULT_BUDGET } from './meter.ts';
import { type Decision, decisions, type Policy, type RuleList } from './policy.ts';
import { surveyPolicies } from './question.ts';

/** A class of arguments on which every policy decides alike: one of them, and the decisions in the policies' order. */
export interface Atom {
  readonly witness: string;
  readonly decisions: readonly Decision[];
}

/**
 * Splits the domain into the classes on which each of the policies decides alike; the ones with the shortest examples come first.
 * Questions about all policies are then set work over (policy, atom). `within` narrows the domain to what each of its lists allows. Examples are chosen as in `compare`. `undecided` where the budget
 * ended before every class was found. Throws `UnsupportedPattern` as `compare` does.
 */
export function atoms(
  policies: readonly Policy[],
  domain: Domain,
  budget: number = DEFAULT_BUDGET,
  within: readonly RuleList[] = [],
): readonly Atom[] | 'undecided' {
  const { classes, complete } = surveyPolicies(policies, domain, budget, within);
  if (!complete) return 'undecided';
  return classes.map(({ witness, ranks }) => ({ witness, decisions: ranks.map((at) => decisions[at]!) }));
}
