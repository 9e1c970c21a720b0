import type { Disk } from './disk.ts';

/**
 * The team files that paths belong to: a team folder, a team file, or any file inside a team's folder.
 * Without a path: the team in the working folder or above it, else every team below `teams/`.
 */
export function discoverTeams(disk: Disk, paths: readonly string[]): { readonly teams: readonly string[]; readonly lost: readonly string[] } {
  if (paths.length === 0) return { teams: defaultTeams(disk), lost: [] };
  const teams = new Set<string>();
  const lost: string[] = [];
  for (const given of paths) {
    const path = disk.path(given);
    const own = teamOf(disk, path);
    if (own === undefined) lost.push(given);
    else teams.add(own);
  }
  return { teams: [...teams], lost };
}

function teamOf(disk: Disk, path: string): string | undefined {
  const direct = disk.teamFile(path);
  if (direct !== undefined && (direct !== path || disk.isTeamFile(path))) return direct;
  return above(disk, path);
}

/** The nearest team in one of the folders above a path. */
function above(disk: Disk, path: string): string | undefined {
  for (let folder = path; folder !== '.' && folder !== '/' && folder !== '..'; ) {
    const slash = folder.lastIndexOf('/');
    folder = slash === -1 ? '.' : folder.slice(0, slash);
    const file = disk.teamFile(folder);
    if (file !== undefined) return file;
  }
  return undefined;
}

function defaultTeams(disk: Disk): readonly string[] {
  for (let folder = '.', depth = 0; depth < 32; depth++) {
    const file = disk.teamFile(folder);
    if (file !== undefined) return [file];
    folder = folder === '.' ? '..' : `../${folder}`;
  }
  return disk.folders('teams').flatMap((folder) => disk.teamFile(folder) ?? []);
}
