import { Command } from 'commander';
import { folded } from '../../report/folded.ts';
import { prettyRewritten } from '../../report/rewritten.ts';
import { count } from '../../report/summary.ts';
import type { Renaming } from '../../team/rename-role.ts';
import { changeFiles, type TextChange } from '../../workspace/change-files.ts';
import type { Disk } from '../../workspace/disk.ts';
import { planRename } from '../../workspace/plan-rename.ts';
import { teamRoot } from '../../workspace/team-root.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { oneTeamFile } from '../one-team.ts';
import { roleCalled } from '../role-called.ts';
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
  const planned = planRename({ disk, files: disk }, { team: path, id, role: ({ team }) => roleCalled(old, team) });
  if ('because' in planned) throw new Unusable(planned.because);
  const { renaming, role } = planned;
  if (options.dryRun) io.stdout.write(await prettyRewritten(renaming.files, verbose, style));
  else await write(path, renaming, disk);
  if (!quiet) io.stdout.write(`${folded(told(renaming, role.id, id, options.dryRun === true), style)}\n`);
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
