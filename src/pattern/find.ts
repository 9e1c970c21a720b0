import type { Domain } from './domain.ts';
import { explore, outcomeOf } from './explore.ts';
import { DEFAULT_BUDGET, meter, withinBudget } from './meter.ts';
import { type Decision, type Dialect, type PatternRule, type Policy, type RuleList, rank } from './policy.ts';
import { ask } from './question.ts';
import { rulesOf, samplesFor } from './samples.ts';

/** Which call to look for: an argument of the domain, inside every one of the patterns, on which the policy decides one of these. */
export interface Wanted {
  readonly within?: readonly { readonly dialect: Dialect; readonly pattern: string }[];
  readonly decisions: readonly Decision[];
  readonly domain: Domain;
  readonly budget?: number;
}

/**
 * Looks for a call: a well-known argument where one fits, else what the patterns spell out, else the shortest there is. `none` is a
 * proof that there is none; `undecided` says that the budget ended first. Throws `UnsupportedPattern` as `compare` does.
 */
export function findCall(policy: Policy, wanted: Wanted): { readonly witness: string } | 'none' | 'undecided' {
  const { within = [], domain, budget = DEFAULT_BUDGET } = wanted;
  const ranks = new Set(wanted.decisions.map(rank));
  const inside = within.map((pattern): PatternRule => ({ ...pattern, decision: 'allow' }));
  let witness: string | undefined;
  const complete = withinBudget(() => {
    const lists = inside.map((rule): RuleList => ({ rules: [rule], otherwise: 'deny' }));
    const { body, ...asked } = ask(domain, [policy], meter(budget), lists);
    const search = { ...asked, body: body.machine };
    const fits = (outcome: number | undefined): boolean => outcome !== undefined && ranks.has(body.read(outcome)[0]!);
    witness = samplesFor(domain, [...inside, ...rulesOf([policy])]).find((sample) => fits(outcomeOf(search, sample)));
    if (witness !== undefined) return;
    explore(search, (outcome, argument) => {
      if (fits(outcome)) witness = argument;
      return witness !== undefined;
    });
  });
  if (witness !== undefined) return { witness };
  return complete ? 'none' : 'undecided';
}
