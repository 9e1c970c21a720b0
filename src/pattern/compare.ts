import { decide, type Ruling } from './decide.ts';
import type { Domain } from './domain.ts';
import { DEFAULT_BUDGET } from './meter.ts';
import { type Decision, decisions, type Policy, rank } from './policy.ts';
import { surveyPolicies } from './question.ts';

/** One way in which two policies decide a call, with an argument that shows it. */
export interface Cell {
  readonly from: Decision;
  readonly to: Decision;
  readonly witness: string;
  /** The rulings on the witness: of the first policy and of the second. */
  readonly rules: readonly [Ruling, Ruling];
}

/** How the second policy relates to the first: `looser` allows what the first did not, or asks where the first denied. */
export type Verdict = 'equal' | 'stricter' | 'looser' | 'incomparable' | 'undecided';

/** The verdict, and the cells of the 3 × 3 table of decisions that hold an argument; strictest first. */
export interface Comparison {
  readonly verdict: Verdict;
  readonly cells: readonly Cell[];
}

/** Which arguments a question is about, and how much work may be spent on it (steps, see `DEFAULT_BUDGET`). */
export interface Scope {
  readonly domain: Domain;
  readonly budget?: number;
}

/**
 * Compares two policies over every argument of the domain. The verdict is of `b` relative to `a`, and exact: where the budget ends
 * first it is `undecided`, unless differences both ways were found already. Each cell's witness is a well-known command, path or
 * URL where one fits, else the shortest. Throws `UnsupportedPattern` where a pattern has no exact automaton.
 */
export function compare(a: Policy, b: Policy, { domain, budget = DEFAULT_BUDGET }: Scope): Comparison {
  const found = surveyPolicies([a, b], domain, budget);
  const cells = found.classes.map(({ ranks, witness }): Cell => {
    const [from, to] = ranks.map((at) => decisions[at]!);
    return { from: from!, to: to!, witness, rules: [decide(a, witness), decide(b, witness)] };
  });
  cells.sort((x, y) => rank(x.from) - rank(y.from) || rank(x.to) - rank(y.to));
  return { verdict: verdictOf(cells, found.complete), cells };
}

function verdictOf(cells: readonly Cell[], complete: boolean): Verdict {
  const looser = cells.some(({ from, to }) => rank(to) > rank(from));
  const stricter = cells.some(({ from, to }) => rank(to) < rank(from));
  if (looser && stricter) return 'incomparable';
  if (!complete) return 'undecided';
  if (looser) return 'looser';
  return stricter ? 'stricter' : 'equal';
}
