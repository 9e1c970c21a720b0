import { compare } from '../pattern/compare.ts';
import { matches } from '../pattern/decide.ts';
import type { Domain } from '../pattern/domain.ts';
import { UnsupportedPattern } from '../pattern/expression.ts';
import type { Decision, PatternRule, Policy, RuleList } from '../pattern/policy.ts';

/** A way in which two policies decide a call differently, with one that shows it. */
export interface Cell {
  readonly from: Decision;
  readonly to: Decision;
  readonly witness: string;
}

/** All ways in which two policies differ; complete where no limit was reached. */
export interface Differences {
  readonly cells: readonly Cell[];
  readonly complete: boolean;
}

/** Compares policies, and remembers what came of equal pairs. */
export type PolicyComparer = (domain: Domain, a: Policy, b: Policy) => Differences;

/**
 * Prepares comparisons for many roles. Roles of a team share blocks and add rules of their own behind them, so what both sides have behind is
 * left out first: where it does not touch the calls that show the differences of the rest, those are the differences.
 */
export function policyComparer(): PolicyComparer {
  const known = new Map<string, Differences>();
  const whole: PolicyComparer = (domain, a, b) => {
    const key = JSON.stringify([domain, a.lists, b.lists]);
    const found = known.get(key) ?? differencesOf(domain, a, b);
    known.set(key, found);
    return found;
  };
  return (domain, a, b) => {
    const split = withoutEnd(a, b);
    if (!split) return whole(domain, a, b);
    const rest = whole(domain, split.a, split.b);
    const untouched =
      rest.complete && rest.cells.every(({ witness }) => !split.end.some((rule) => hits(rule, witness)));
    return untouched ? rest : whole(domain, a, b);
  };
}

function differencesOf(domain: Domain, a: Policy, b: Policy): Differences {
  try {
    const { verdict, cells } = compare(a, b, { domain });
    return { cells: cells.filter(({ from, to }) => from !== to), complete: verdict !== 'undecided' };
  } catch (error) {
    if (!(error instanceof UnsupportedPattern)) throw error;
    return { cells: [], complete: false };
  }
}

function hits({ dialect, pattern }: PatternRule, witness: string): boolean {
  try {
    return matches(dialect, pattern, witness);
  } catch (error) {
    if (error instanceof UnsupportedPattern) return true;
    throw error;
  }
}

interface Split {
  readonly a: Policy;
  readonly b: Policy;
  readonly end: readonly PatternRule[];
}

/** Two policies of one list each, without the rules in which both end; nothing where there are none. */
function withoutEnd({ lists: [a, ...moreA] }: Policy, { lists: [b, ...moreB] }: Policy): Split | undefined {
  if (!a || !b || moreA.length > 0 || moreB.length > 0) return undefined;
  let length = 0;
  while (isSame(a.rules.at(-1 - length), b.rules.at(-1 - length))) length++;
  if (length === 0) return undefined;
  const short = ({ rules, otherwise }: RuleList): Policy => ({
    lists: [{ rules: rules.slice(0, -length), otherwise }],
  });
  return { a: short(a), b: short(b), end: a.rules.slice(-length) };
}

function isSame(a: PatternRule | undefined, b: PatternRule | undefined): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    a.pattern === b.pattern &&
    a.decision === b.decision &&
    a.dialect === b.dialect
  );
}
