import { readProject } from '../import/read-project.ts';
import { teamsInPlace } from '../import/teams-in-place.ts';
import type { Files, LoadedTeam } from '../team/read.ts';
import type { DiscoveredTeam } from '../workspace/discover.ts';
import { readFiles } from '../workspace/platform-files.ts';

/** The teams of a project that has no team file: one for each platform that it keeps agents of. */
export function loadedInPlace(
  path: string,
  files: Files,
  project: NonNullable<DiscoveredTeam['project']>,
): readonly LoadedTeam[] {
  const read = readFiles(project.files, (file) => files.source?.(file));
  return teamsInPlace(readProject(path, read), project.problems);
}
