import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import type { LoadedTeam } from '../team/read.ts';
import { platformsDiffer } from './platforms-differ.ts';
import type { PlatformTeam } from './read-project.ts';

/**
 * The teams of a project's platforms, ready for the rules: with what was found while listing the files, and with what
 * two platforms say differently of the same agent.
 */
export function teamsInPlace(
  teams: readonly PlatformTeam[],
  listing: readonly Diagnostic[] = [],
): readonly LoadedTeam[] {
  const differing = platformsDiffer(teams);
  const all = new Map<string, Document>(teams.flatMap(({ loaded }) => [...loaded.documents]));
  return teams.map(({ loaded }, index) => {
    const own = differing.filter(({ at }) => loaded.documents.has(at.file));
    return {
      ...loaded,
      ...(own.length > 0 ? { documents: all } : {}),
      problems: [...loaded.problems, ...(index === 0 ? listing : []), ...own],
    };
  });
}
