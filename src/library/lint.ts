import { type FindingJson, findingJson } from '../report/json.ts';
import { findingsOf } from '../report/result.ts';
import { lint as findings, type LintOptions } from '../rules/lint.ts';
import type { LoadedTeam } from '../team/read.ts';

/**
 * Everything that is wrong with a team, as `teamc lint --format json` tells it, with files, lines and columns. Throws a
 * RangeError for a target that does not exist.
 */
export function lint(team: LoadedTeam, options: LintOptions = {}): readonly FindingJson[] {
  const linted = { loaded: team, path: team.team.at.file, diagnostics: findings(team, options) };
  return findingsOf({ teams: [linted], rules: [], version: '' }).map(findingJson);
}
