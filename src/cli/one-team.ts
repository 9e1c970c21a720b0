import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { locatePlace } from '../document/position.ts';
import { type Files, type LoadedTeam, readTeam } from '../team/read.ts';
import { enumerate } from '../text/enumerate.ts';
import { type DiscoveredTeam, discoverTeams } from '../workspace/discover.ts';
import type { Disk } from '../workspace/disk.ts';
import { loadedInPlace } from './in-place.ts';
import { Unusable } from './unusable.ts';

/** The team that a question is about: the one at a path, or the one in the working folder or above it. */
export function oneTeam(disk: Disk, path: string | undefined): LoadedTeam {
  const { loaded, file } = readOneTeam(disk, path);
  return sound(loaded, file);
}

/** The same, also where it has errors; agents of a platform that no team file describes are read in place. */
export function readOneTeam(
  disk: Disk,
  path: string | undefined,
): { readonly loaded: LoadedTeam; readonly file: string } {
  const { path: file, project, only } = discovered(disk, path);
  if (!project) return { loaded: readTeam(file, disk), file };
  const teams = loadedInPlace(file, disk, project);
  const asked = only ? teams.filter((team) => touches(team, only)) : teams;
  if (asked.length === 1) return { loaded: asked[0]!, file };
  const examples = asked.flatMap(({ ownFiles }) => [...ownFiles].slice(0, 1));
  throw new Unusable(
    `There are agents of several platforms here; name the files of one as the team: ${enumerate(examples.map(folderOf))}.`,
  );
}

/** The file of that team. */
export function oneTeamFile(disk: Disk, path: string | undefined): string {
  const { path: file, project } = discovered(disk, path);
  if (!project) return file;
  throw new Unusable(
    `There is no team file here, only agents of a platform; "teamc import ${file} --out team" makes a team of them.`,
  );
}

function discovered(disk: Disk, path: string | undefined): DiscoveredTeam {
  const { teams, missing } = discoverTeams(disk, path === undefined ? [] : [path]);
  if (missing.length > 0) throw new Unusable(`There is nothing at "${path}"; name a team folder or a team file.`);
  const [only, ...more] = teams;
  if (only && more.length === 0) return only;
  if (only) throw new Unusable(`There are several teams; choose one: ${enumerate(teams.map((team) => team.path))}.`);
  if (path === undefined) throw new Unusable('There is no team in this folder or above it; "teamc init" makes one.');
  throw new Unusable(`There is no team in or above "${path}"; a team begins with a file "team.yaml".`);
}

function touches({ ownFiles }: LoadedTeam, paths: readonly string[]): boolean {
  return [...ownFiles].some((file) => paths.some((path) => file === path || file.startsWith(`${path}/`)));
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : file;
}

/** Reads a team to answer questions about it. What can't be read could change every answer, so then there is none. */
export function soundTeam(path: string, files: Files, shown = path): LoadedTeam {
  return sound(readTeam(path, files), shown);
}

function sound(loaded: LoadedTeam, shown: string): LoadedTeam {
  const unsound = unsoundness(loaded, shown);
  if (unsound !== undefined) throw new Unusable(unsound);
  return loaded;
}

/**
 * Why it can't be told what the roles of a team may do, in a sentence; nothing where it can. Agents that are read in place
 * are what their platform makes of them, mistakes and all.
 */
export function unsoundness(loaded: LoadedTeam, shown: string): string | undefined {
  if (loaded.inPlace) return undefined;
  const [worst, ...more] = loaded.problems.filter(({ severity }) => severity === 'error');
  if (worst) return refusal(shown, sentence(worst, loaded), more.length);
  const missing = loaded.team.unresolved.find(({ kind }) => kind === 'permissions' || kind === 'tool');
  if (!missing) return undefined;
  const { file, line } = locatePlace(missing.at, loaded.documents);
  const noun = missing.kind === 'tool' ? 'tool' : 'block of permissions';
  return refusal(shown, `${file}:${line}: There is no ${noun} "${missing.name}".`, 0);
}

function refusal(shown: string, what: string, more: number): string {
  const others = more > 0 ? ` (and ${more} more)` : '';
  return `What "${shown}" permits can't be told while it has errors${others}; see "teamc lint". ${what}`;
}

function sentence({ at, message }: Diagnostic, { documents }: LoadedTeam): string {
  const { file, line } = locatePlace(at, documents);
  return `${file}:${line}: ${message}`;
}
