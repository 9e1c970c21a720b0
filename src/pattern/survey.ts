import { explore, outcomeOf, type Search } from './explore.ts';
import { withinBudget } from './meter.ts';

/** Every outcome that was found, with its example; complete where the budget lasted, so that there are no others. */
export interface Survey {
  readonly examples: ReadonlyMap<number, string>;
  readonly complete: boolean;
}

/**
 * Finds all outcomes of a search with their shortest arguments, then puts the first sample that fits in the place of each. The search
 * is set up here, because even that may be too much for its budget.
 */
export function surveyOf(prepare: () => Search, samples: readonly string[]): Survey {
  let search: Search | undefined;
  withinBudget(() => {
    search = prepare();
  });
  return search ? survey(search, samples) : { examples: new Map(), complete: false };
}

function survey(search: Search, samples: readonly string[]): Survey {
  const examples = new Map<number, string>();
  const complete = withinBudget(() =>
    explore(search, (outcome, argument) => {
      examples.set(outcome, argument);
      return false;
    }),
  );
  const replaced = new Set<number>();
  withinBudget(() => {
    for (const sample of samples) {
      if (complete && replaced.size === examples.size) return;
      const outcome = outcomeOf(search, sample);
      if (outcome === undefined || replaced.has(outcome)) continue;
      replaced.add(outcome);
      examples.set(outcome, sample);
    }
  });
  return { examples, complete };
}
