import type { Severity } from '../diagnostic/diagnostic.ts';
import { countsOf, type FixedFinding, filesOf, findingsOf, type LintResult, rolesOf } from './result.ts';

/** One line about a whole run, such as `3 errors, 1 warning in 2 files (12 roles)`. */
export function summary(result: LintResult): string {
  const counts = countsOf(result);
  const roles = result.teams.reduce((sum, team) => sum + rolesOf(team), 0);
  const teams = result.teams.length === 1 ? [] : [count(result.teams.length, 'team')];
  if (counts.error + counts.warning + counts.info === 0)
    return `No findings in ${[...teams, count(roles, 'role'), count(filesOf(result), 'file')].join(', ')}.`;
  const found = (['error', 'warning', 'info'] satisfies Severity[])
    .filter((severity) => counts[severity] > 0)
    .map((severity) => count(counts[severity], severity));
  const files = new Set(findingsOf(result).map(({ at }) => at.file)).size;
  return `${found.join(', ')} in ${count(files, 'file')} (${[...teams, count(roles, 'role')].join(', ')})`;
}

/** What was fixed, such as `3 findings in 2 files`. */
export function fixedSummary(fixed: readonly FixedFinding[]): string {
  return `${count(fixed.length, 'finding')} in ${count(new Set(fixed.map(({ file }) => file)).size, 'file')}`;
}

/** A number with its noun. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
