import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { locatePlace } from '../document/position.ts';
import type { LintedTeam } from './result.ts';

/**
 * The findings that files of a team have a part in: those with a place or a related place in one of them, those about a
 * role that one of them defines, and those that the team file draws of the team as a whole. A path may be a folder.
 */
export function touching(
  { loaded, diagnostics }: Omit<LintedTeam, 'path'>,
  paths: readonly string[],
): readonly Diagnostic[] {
  const { team, documents } = loaded;
  const given = (file: string): boolean => paths.some((path) => file === path || file.startsWith(`${path}/`));
  return diagnostics.filter(({ at, related = [], role }) => {
    if ([at, ...related.map((other) => other.at)].some((place) => given(locatePlace(place, documents).file)))
      return true;
    if (role === undefined) return at.file === team.at.file;
    const subject = team.roles.get(role) ?? team.abstract.get(role);
    return subject !== undefined && given(subject.at.file);
  });
}
