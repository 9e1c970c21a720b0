import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { locatePlace } from '../document/position.ts';
import { type Files, type LoadedTeam, readTeam } from '../team/read.ts';
import { enumerate } from '../text/enumerate.ts';
import { discoverTeams } from '../workspace/discover.ts';
import type { Disk } from '../workspace/disk.ts';
import { Unusable } from './unusable.ts';

/** The team that a question is about: the one at a path, or the one in the working folder or above it. */
export function oneTeam(disk: Disk, path: string | undefined): LoadedTeam {
  return soundTeam(oneTeamFile(disk, path), disk);
}

/** The file of that team. */
export function oneTeamFile(disk: Disk, path: string | undefined): string {
  const { teams, missing } = discoverTeams(disk, path === undefined ? [] : [path]);
  if (missing.length > 0) throw new Unusable(`There is nothing at "${path}"; name a team folder or a team file.`);
  const [only, ...more] = teams;
  if (only && more.length === 0) return only.path;
  if (only) throw new Unusable(`There are several teams; choose one: ${enumerate(teams.map((team) => team.path))}.`);
  const where = path === undefined ? 'in this folder or above it' : `in or above "${path}"`;
  throw new Unusable(`There is no team ${where}; a team begins with a file "team.yaml".`);
}

/** Reads a team to answer questions about it. What can't be read could change every answer, so then there is none. */
export function soundTeam(path: string, files: Files, shown = path): LoadedTeam {
  const loaded = readTeam(path, files);
  const unsound = unsoundness(loaded, shown);
  if (unsound !== undefined) throw new Unusable(unsound);
  return loaded;
}

/** Why it can't be told what the roles of a team may do, in a sentence; nothing where it can. */
export function unsoundness(loaded: LoadedTeam, shown: string): string | undefined {
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
