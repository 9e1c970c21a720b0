import { instead } from '../cli/choice.ts';
import { type FindingJson, findingJson } from '../report/json.ts';
import { findingsOf } from '../report/result.ts';
import { lint as findings, type LintOptions } from '../rules/lint.ts';
import { BUILTIN } from '../target/builtin.ts';
import type { LoadedTeam } from '../team/read.ts';
import { TeamError } from './load-team.ts';

/**
 * Everything that is wrong with a team, as `teamc lint --format json` tells it, with files, lines and columns. Throws a
 * `TeamError` for a profile or a target that does not exist.
 */
export function lint(team: LoadedTeam, options: LintOptions = {}): readonly FindingJson[] {
  known('profile', ['regular', 'strict'], options.profile === undefined ? [] : [options.profile]);
  const asked = options.targets ?? [];
  const own = asked.flatMap((target) => (typeof target === 'string' ? [] : [target.manifest.target]));
  const targets = [...BUILTIN.flatMap(({ name, aliases }) => [name, ...aliases]), ...own];
  known(
    'target',
    targets,
    asked.filter((target) => typeof target === 'string'),
  );
  const linted = { loaded: team, path: team.team.at.file, diagnostics: findings(team, options) };
  return findingsOf({ teams: [linted], rules: [], version: '' }).map(findingJson);
}

/** Makes sure that names are among those that there are. */
function known(kind: string, all: readonly string[], names: readonly string[]): void {
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new TeamError(`There is no ${kind} "${unknown}"; ${instead(unknown, all)}`);
}
