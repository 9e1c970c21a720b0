import { ANY_OTHER } from '../analysis/escalation.ts';
import { enumerate } from '../text/enumerate.ts';

/**
 * Failure classes for a sentence about escalation: ` of "scope" and "priority"`, ` of every class but "security"`, or
 * nothing where all are meant. `classes` are those that the team speaks of.
 */
export function ofClasses(failures: readonly string[], classes: readonly string[]): string {
  const meant = new Set(failures);
  const all = meant.has(ANY_OTHER);
  const named = classes.filter((failure) => meant.has(failure) !== all).map((failure) => `"${failure}"`);
  if (named.length === 0) return '';
  return all ? ` of every class but ${enumerate(named)}` : ` of ${enumerate(named)}`;
}
