import { Command } from 'commander';
import { scalar } from '../../document/scalar.ts';
import { folded } from '../../report/folded.ts';
import { prettyRewritten } from '../../report/rewritten.ts';
import { whyNotId } from '../../team/new-id.ts';
import { readTeam } from '../../team/read.ts';
import type { Team } from '../../team/team.ts';
import { changeFiles } from '../../workspace/change-files.ts';
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
  readonly name?: string;
  readonly description?: string;
  readonly extends?: string;
  readonly dryRun?: true;
}

const AFTER = `
The role is a file of its own below roles/, with what a role needs at least; it may look around and talk, and nothing else,
until you say more. A file that is there already is never overwritten.

Examples:
  teamc add role data-engineer
  teamc add role review/accessibility --description "Tries each screen by keyboard and by ear." --extends reviewer
  teamc add role data-engineer --team teams/backend-guild --dry-run`;

/** `teamc add role`: a new role, from a template. */
export function addCommand(io: Io, exit: (code: ExitCode) => void): Command {
  const role = new Command('role')
    .description('a new role, in a file of its own')
    .argument('<id>', 'letters, digits, "-" and "_", with slashes between the parts')
    .option('-t, --team <path>', 'the team (default: the one in this folder or above it)')
    .option('--name <name>', 'what people call it (default: made from the id)')
    .option('--description <text>', 'what others read when they choose whom to give work')
    .option('--extends <role>', 'a role that it takes everything else from')
    .option('--dry-run', 'write nothing; show the file')
    .addHelpText('after', AFTER)
    .action(async (id: string, options: Options, command: Command) => {
      await usable(() => add(id, options, globalsOf(command, io), io));
      exit(EXIT.fine);
    });
  return new Command('add').description('add a role to a team').addCommand(role).addHelpText('after', AFTER);
}

async function add(id: string, options: Options, { disk, style, quiet }: Globals, io: Io): Promise<void> {
  const file = oneTeamFile(disk, options.team);
  const { team } = readTeam(file, disk);
  const because = whyNotId(id, team);
  if (because !== undefined) throw new Unusable(because);
  const folder = disk.path(`${file}/..`);
  const path = `${folder === '.' ? '' : `${folder}/`}roles/${id}.md`;
  if (disk.exists(path)) throw new Unusable(`"${path}" is there already; nothing was written.`);
  const after = template(id, options, team);
  if (options.dryRun) {
    io.stdout.write(await prettyRewritten([{ path, before: undefined, after }], true, style));
    return;
  }
  const { output, inside } = teamRoot(disk, file);
  await changeFiles(output, [{ path: inside(path), before: undefined, after }]);
  if (!quiet) io.stdout.write(folded(`Wrote ${path}.\n\nNext:\n${next(id, options, team)}`, style));
}

function template(id: string, { name, description, extends: base }: Options, team: Team): string {
  const called = name ?? titled(id);
  const superior = team.entries.find((role) => role.own);
  const lines = [
    `name: ${scalar(called)}`,
    `description: ${scalar(description ?? `Say in a sentence what ${called} does, for those who choose.`)}`,
    ...(base === undefined
      ? ['tools: [read, search]', ...(superior ? [`escalates-to: ${superior.id}`] : [])]
      : [`extends: ${roleCalled(base, team).id}`]),
  ];
  return `---\n${lines.join('\n')}\n---\n\nSay what ${called} pays attention to, and what a good result looks like.\n`;
}

/** `review/front-end` as people would say it: Front End. */
function titled(id: string): string {
  const words = id.slice(id.lastIndexOf('/') + 1).split(/[-_]+/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

function next(id: string, { description, team: path }: Options, team: Team): string {
  const lead = team.entries.find((role) => role.own);
  const where = lead ? `, such as ${lead.id} (${lead.at.file})` : '';
  return [
    ...(description === undefined ? ['  Say what it does in its description, and how in its instructions.\n'] : []),
    `  Nobody hands it work yet: add { role: ${id}, for: … } to "delegates-to" of a role that will${where}.\n`,
    `  teamc lint${path === undefined ? '' : ` ${path}`}\n`,
  ].join('');
}
