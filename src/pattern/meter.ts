/** Raised when a question's budget is spent. It never leaves this room: the question's answer is then "undecided". */
class BudgetSpent extends Error {}

/** Counts the work done for a question, so that the limit is the same on every machine. */
export interface Meter {
  spend(units: number): void;
}

/** The work a question may do, in steps of the automata: about a second of it. */
export const DEFAULT_BUDGET = 10_000_000;

/** A meter that lets this much work be done. */
export function meter(budget: number): Meter {
  let left = budget;
  return {
    spend(units) {
      left -= units;
      if (left < 0) throw new BudgetSpent();
    },
  };
}

/** Runs a search; false where its budget ended first. What it found until then still holds. */
export function withinBudget(search: () => void): boolean {
  try {
    search();
    return true;
  } catch (error) {
    if (error instanceof BudgetSpent) return false;
    throw error;
  }
}
