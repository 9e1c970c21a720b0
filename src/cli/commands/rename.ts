import { Command } from 'commander';
import { locatePlace } from '../../document/position.ts';
import { prettyRewritten } from '../../report/rewritten.ts';
import { count } from '../../report/summary.ts';
import { type LoadedTeam, readTeam } from '../../team/read.ts';
import { type Neighborhood, type Renaming, renameRole } from '../../team/rename-role.ts';
import { readScenario } from '../../team/scenario-read.ts';
import type { Role } from '../../team/team.ts';
import { changeFiles, type TextChange } from '../../workspace/change-files.ts';
import type { Disk } from '../../workspace/disk.ts';
import { overlay } from '../../workspace/overlay.ts';
import { teamRoot } from '../../workspace/team-root.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { checkNewId } from '../new-id.ts';
import { oneTeamFile } from '../one-team.ts';
import { roleCalled } from '../role-called.ts';
import { sameNames } from '../same-names.ts';
import { Unusable } from '../unusable.ts';
import { usable } from '../usable.ts';

interface Options {
  readonly team?: string;
  readonly dryRun?: true;
}

const AFTER = `
The role gets its new id everywhere: in its file's name, in what other roles, groups, assertions and scenarios say of it, in
the files of teams beside it that use this one, and where prose or a comment names it. In prose an id of one plain word, such
as lead, counts only as @lead or between backquotes. Layout, comments, aliases and what people call the role ("name") stay.
All files change together or none does; a name that would lead to another role afterwards stops everything.

Examples:
  teamc rename backend-lead services-lead
  teamc rename backend-lead services/lead --dry-run    into a folder; show the diff and write nothing
  teamc rename lead captain --team teams/delivery-squad`;

/** `teamc rename`: a role gets another id, wherever it is named. */
export function renameCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('rename')
    .description('give a role another id, wherever the team names it')
    .argument('<old>', 'the role')
    .argument('<new>', 'its new id')
    .option('-t, --team <path>', 'the team (default: the one in this folder or above it)')
    .option('--dry-run', 'write nothing; show the diff')
    .addHelpText('after', AFTER)
    .action(async (old: string, id: string, options: Options, command: Command) => {
      await usable(() => rename(old, id, options, globalsOf(command, io), io));
      exit(EXIT.fine);
    });
}

async function rename(old: string, id: string, options: Options, globals: Globals, io: Io): Promise<void> {
  const { disk, style, quiet, verbose } = globals;
  const path = oneTeamFile(disk, options.team);
  const near = neighborhood(path, disk);
  const role = roleCalled(old, near.team.team);
  if (!role.own) throw new Unusable(`"${role.id}" is a role of another team; rename it there.`);
  checkNewId(id, near.team.team, role);
  const renaming = renameRole(near, role, id);
  check(near, renaming, role, id, disk);
  if (options.dryRun) io.stdout.write(await prettyRewritten(renaming.files, verbose, style));
  else await write(path, renaming, disk);
  if (!quiet) io.stdout.write(`${told(renaming, role.id, id, options.dryRun === true)}\n`);
}

/** A team with its scenarios and the teams beside it that use it. Fails where files of it can't be read. */
function neighborhood(path: string, disk: Disk): Neighborhood {
  const team = readTeam(path, disk);
  const folder = disk.path(`${path}/..`);
  const files = disk.files(folder === '.' ? 'scenarios' : `${folder}/scenarios`);
  const scenarios = files.filter((file) => /\.ya?ml$/i.test(file)).map((file) => readScenario(file, disk, team));
  const problems = [...team.problems, ...scenarios.flatMap((scenario) => scenario.problems)];
  const [worst] = problems.filter(({ severity }) => severity === 'error');
  if (worst) {
    const documents = new Map([...team.documents, ...scenarios.flatMap((scenario) => [...scenario.documents])]);
    const { file, line } = locatePlace(worst.at, documents);
    throw new Unusable(
      `No role can be renamed while the team has errors; see "teamc lint". ${file}:${line}: ${worst.message}`,
    );
  }
  return { team, scenarios, around: users(path, folder, disk) };
}

/** The teams in the folders around a team that use it. */
function users(path: string, folder: string, disk: Disk): readonly LoadedTeam[] {
  const beside = [disk.path(`${folder}/..`), 'teams', '.'].flatMap((place) => [
    disk.kind(place) === 'folder' ? disk.teamFile(place) : undefined,
    ...(disk.kind(place) === 'folder' ? disk.folders(place).map((each) => disk.teamFile(disk.path(each))) : []),
  ]);
  return [...new Set(beside)]
    .filter((file): file is string => file !== undefined && file !== path)
    .filter((file) => /^uses:/m.test(textOf(file, disk)))
    .map((file) => readTeam(file, disk))
    .filter(({ documents }) => documents.has(path));
}

function textOf(path: string, disk: Disk): string {
  const document = disk.document(path);
  return document && !('rule' in document) ? document.text : '';
}

/** Reads everything as it would be, and makes sure that each name leads where it led. */
function check(near: Neighborhood, { files }: Renaming, role: Role, id: string, disk: Disk): void {
  const texts = new Map<string, string | undefined>();
  for (const { path, to, after } of files) {
    if (to !== undefined) texts.set(path, undefined);
    texts.set(to ?? path, after);
    if (to !== undefined && to.toLowerCase() !== path.toLowerCase() && disk.exists(to))
      throw new Unusable(`"${to}" is there already; nothing was written.`);
  }
  const then = overlay(disk, texts);
  const moved = files.find(({ to }) => to !== undefined);
  for (const before of [near.team, ...near.around]) {
    const after = readTeam(before.team.at.file, then);
    const wrong = sameNames(before, after, { role, id, moved });
    if (wrong !== undefined) throw new Unusable(`${wrong} Nothing was written.`);
  }
}

async function write(team: string, { files }: Renaming, disk: Disk): Promise<void> {
  const { output, inside } = teamRoot(disk, team);
  await changeFiles(
    output,
    files.flatMap(({ path, to, before, after }): readonly TextChange[] =>
      to === undefined
        ? [{ path: inside(path), before, after }]
        : [
            { path: inside(path), before, after: undefined },
            { path: inside(to), before: undefined, after },
          ],
    ),
  );
}

function told({ files, references, mentions }: Renaming, old: string, id: string, planned: boolean): string {
  const moved = files.find(({ to }) => to !== undefined);
  const places = [
    count(references, 'reference'),
    ...(mentions > 0 ? [`${count(mentions, 'mention')} in prose`] : []),
  ].join(' and ');
  const done = planned ? 'would become' : 'is now';
  return `${old} ${done} ${id}: ${places}, in ${count(files.length, 'file')}${moved ? `; ${moved.path} ${planned ? 'would become' : 'is now'} ${moved.to}` : ''}.`;
}
