import { locatePlace } from '../document/position.ts';
import { whyNotId } from '../team/new-id.ts';
import { type Files, type LoadedTeam, readTeam } from '../team/read.ts';
import { type Neighborhood, type Renaming, renameRole } from '../team/rename-role.ts';
import { sameNames } from '../team/same-names.ts';
import { readScenario } from '../team/scenario-read.ts';
import type { Role } from '../team/team.ts';
import type { Disk } from './disk.ts';
import { overlay } from './overlay.ts';

/** The files of a project: as they are on the disk, and as they are to be read, where an editor holds newer ones. */
export interface Project {
  readonly disk: Disk;
  readonly files: Files;
}

/** A role of a team that is to get another id. */
interface Wish {
  /** The team's file, or the team as it is read already. */
  readonly team: string | LoadedTeam;
  readonly role: (team: LoadedTeam) => Role;
  readonly id: string;
}

/**
 * What another id of a role does to the files of its team, of the team's scenarios and of the teams around that use it; or
 * why it can't have that id, as a sentence. Nothing is written.
 */
export function planRename(
  { disk, files }: Project,
  { team, role: find, id }: Wish,
): { readonly renaming: Renaming; readonly role: Role } | { readonly because: string } {
  const near = neighborhood(typeof team === 'string' ? readTeam(team, files) : team, { disk, files });
  if ('because' in near) return near;
  const role = find(near.team);
  const because = whyNotRenamed(role, id, near.team);
  if (because !== undefined) return { because };
  const renaming = renameRole(near, role, id);
  const wrong = whatGoesWrong(near, renaming, { role, id }, { disk, files });
  return wrong === undefined ? { renaming, role } : { because: wrong };
}

function whyNotRenamed(role: Role, id: string, { team }: LoadedTeam): string | undefined {
  return role.own ? whyNotId(id, team, role) : `"${role.id}" is a role of another team; rename it there.`;
}

/** A team with its scenarios and the teams beside it that use it; or why there can be no change, where files can't be read. */
function neighborhood(team: LoadedTeam, { disk, files }: Project): Neighborhood | { readonly because: string } {
  const path = team.team.at.file;
  const folder = disk.path(`${path}/..`);
  const scenarios = disk.scenarios(folder).map((file) => readScenario(file, files, team));
  const problems = [...team.problems, ...scenarios.flatMap((scenario) => scenario.problems)];
  const worst = problems.find(({ severity }) => severity === 'error');
  if (!worst) return { team, scenarios, around: users(path, folder, { disk, files }) };
  const documents = new Map([...team.documents, ...scenarios.flatMap((scenario) => [...scenario.documents])]);
  const { file, line } = locatePlace(worst.at, documents);
  return {
    because: `No role can be renamed while the team has errors; see "teamc lint". ${file}:${line}: ${worst.message}`,
  };
}

/** The teams in the folders around a team that use it. */
function users(path: string, folder: string, { disk, files }: Project): readonly LoadedTeam[] {
  const beside = [disk.path(`${folder}/..`), 'teams', '.'].flatMap((place) => [
    disk.kind(place) === 'folder' ? disk.teamFile(place) : undefined,
    ...(disk.kind(place) === 'folder' ? disk.folders(place).map((each) => disk.teamFile(disk.path(each))) : []),
  ]);
  return [...new Set(beside)]
    .filter((file): file is string => file !== undefined && file !== path)
    .filter((file) => /^uses:/m.test(textOf(file, files)))
    .map((file) => readTeam(file, files))
    .filter(({ documents }) => documents.has(path));
}

function textOf(path: string, files: Files): string {
  const document = files.document(path);
  return document && !('rule' in document) ? document.text : '';
}

/** Reads everything as it would be: a sentence where a name would no longer lead where it led. */
function whatGoesWrong(
  near: Neighborhood,
  renaming: Renaming,
  renamed: { readonly role: Role; readonly id: string },
  { disk, files }: Project,
): string | undefined {
  const texts = new Map<string, string | undefined>();
  for (const { path, to, after } of renaming.files) {
    if (to !== undefined) texts.set(path, undefined);
    texts.set(to ?? path, after);
    if (to !== undefined && to.toLowerCase() !== path.toLowerCase() && disk.exists(to))
      return `"${to}" is there already; nothing was written.`;
  }
  const then = overlay(files, texts);
  const moved = renaming.files.find(({ to }) => to !== undefined);
  for (const before of [near.team, ...near.around]) {
    const wrong = sameNames(before, readTeam(before.team.at.file, then), { ...renamed, moved });
    if (wrong !== undefined) return `${wrong} Nothing was written.`;
  }
  return undefined;
}
