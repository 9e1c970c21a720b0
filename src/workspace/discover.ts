import type { Disk } from './disk.ts';
import { guessedFiles, isProject, type PlatformFiles, projectFiles } from './platform-files.ts';

/** A team and the part of it that was asked for. */
export interface DiscoveredTeam {
  /** The team file. */
  readonly path: string;
  /** The files and folders inside the team that were named, as the team writes them, when it was not named as a whole. */
  readonly only?: readonly string[];
  /** For a project that has no team file and is read in place: the files of its platforms. */
  readonly project?: PlatformFiles;
}

/** The teams that paths belong to, and the paths that led to none. */
export interface Discovered {
  readonly teams: readonly DiscoveredTeam[];
  /** Paths as given where there is nothing. */
  readonly missing: readonly string[];
  /** Paths as given of files and folders that belong to no team. */
  readonly foreign: readonly string[];
}

/**
 * The teams that paths name: a team folder or its team file is that team; a folder of teams is each of them; any other
 * path belongs to the nearest team above it, of which it is a part. Without a path: the team in the working folder or
 * above it, else every team below `teams/`. The search upwards ends where the repository does. Where there is no team but
 * files of agent platforms, or these stand nearer than a team above, those are the team.
 */
export function discoverTeams(disk: Disk, paths: readonly string[]): Discovered {
  if (paths.length === 0) return defaultTeams(disk);
  const parts = new Map<string, Set<string> | 'all'>();
  const missing: string[] = [];
  const foreign: string[] = [];
  const projects = new Map<string, Set<string> | 'all'>();
  for (const given of paths) {
    const path = disk.path(given);
    const whole = teamsAt(disk, path);
    const around = whole.length === 0 && !nearer(disk, path) ? above(disk, path) : undefined;
    for (const team of whole) parts.set(team, 'all');
    if (!disk.exists(path)) missing.push(given);
    else if (around !== undefined) addPart(parts, around, disk.inside(folderOf(around), path));
    else if (whole.length === 0 && !addProject(disk, path, projects)) foreign.push(given);
  }
  const teams = [...parts].map(([path, only]) => (only === 'all' ? { path } : { path, only: [...only] }));
  const inPlace = [...projects].map(([path, only]) => ({
    path,
    project: isProject(disk, path) ? projectFiles(disk, path) : guessedFiles(disk, path),
    ...(only === 'all' ? {} : { only: [...only] }),
  }));
  return { teams: [...teams, ...inPlace], missing, foreign };
}

/** Notes the project that a path is, or belongs to; the search upwards ends where the repository does. */
function addProject(disk: Disk, path: string, projects: Map<string, Set<string> | 'all'>): boolean {
  if (disk.kind(path) === 'folder' && isProject(disk, path)) {
    projects.set(path, 'all');
    return true;
  }
  for (let folder = path; !disk.isRoot(folder); ) {
    folder = folderOf(folder);
    if (!isProject(disk, folder)) continue;
    addPart(projects, folder, path);
    return true;
  }
  const loose = disk.kind(path) === 'folder' && guessedFiles(disk, path).files.length > 0;
  if (loose) projects.set(path, 'all');
  return loose;
}

function addPart(parts: Map<string, Set<string> | 'all'>, team: string, path: string): void {
  const known = parts.get(team) ?? new Set<string>();
  if (known !== 'all') parts.set(team, known.add(path));
}

function defaultTeams(disk: Disk): Discovered {
  const near = disk.teamFile('.') ?? (isProject(disk, '.') ? undefined : above(disk, '.'));
  const paths = near === undefined ? teamsIn(disk, 'teams') : [near];
  if (paths.length === 0 && isProject(disk, '.'))
    return { teams: [{ path: '.', project: projectFiles(disk, '.') }], missing: [], foreign: [] };
  return { teams: paths.map((path) => ({ path })), missing: [], foreign: [] };
}

/** The teams that a path stands for as a whole. */
function teamsAt(disk: Disk, path: string): readonly string[] {
  if (disk.kind(path) !== 'folder' || disk.teamFile(folderOf(path)) === path) return isTeam(disk, path) ? [path] : [];
  const own = disk.teamFile(path);
  if (own !== undefined) return [own];
  const below = path === '.' ? 'teams' : `${path}/teams`;
  return teamsIn(disk, disk.kind(below) === 'folder' ? below : path);
}

function teamsIn(disk: Disk, folder: string): readonly string[] {
  return disk.folders(folder).flatMap((path) => disk.teamFile(path) ?? []);
}

/** Whether a file is a team; also one that can't be read and belongs to no other, so that somebody says why it can't. */
function isTeam(disk: Disk, path: string): boolean {
  if (disk.isTeamFile(path) || disk.teamFile(folderOf(path)) === path) return true;
  if (!/\.ya?ml$/i.test(path)) return false;
  const found = disk.document(path);
  return found !== undefined && 'rule' in found && above(disk, path) === undefined;
}

/** Whether a project of agent platforms stands nearer to a path than any team does. */
function nearer(disk: Disk, path: string): boolean {
  if (disk.kind(path) === 'folder' && isProject(disk, path)) return true;
  for (let folder = path; !disk.isRoot(folder); ) {
    folder = folderOf(folder);
    if (disk.teamFile(folder) !== undefined) return false;
    if (isProject(disk, folder)) return true;
  }
  return false;
}

/** The nearest team in one of the folders above a path. */
function above(disk: Disk, path: string): string | undefined {
  for (let folder = path; !disk.isRoot(folder); ) {
    folder = folderOf(folder);
    const file = disk.teamFile(folder);
    if (file !== undefined) return file;
  }
  return undefined;
}

function folderOf(path: string): string {
  if (path === '.') return '..';
  if (path === '..' || path.endsWith('/..')) return `../${path}`;
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '.' : path.slice(0, slash) || '/';
}
