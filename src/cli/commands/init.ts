import { basename } from 'node:path';
import { Command } from 'commander';
import { applyEdits } from '../../document/edit.ts';
import { readDocument } from '../../document/read.ts';
import { withSchemaLine } from '../../document/schema-line.ts';
import { table } from '../../report/fidelity-table.ts';
import { prettyChanges, tally } from '../../report/plan.ts';
import { count } from '../../report/summary.ts';
import { visible } from '../../report/visible.ts';
import { enumerate } from '../../text/enumerate.ts';
import { changeFiles } from '../../workspace/change-files.ts';
import type { Disk } from '../../workspace/disk.ts';
import { Output } from '../../workspace/output.ts';
import { PRE_COMMIT, preCommitConfig, preCommitHook } from '../../workspace/pre-commit.ts';
import { type SchemaName, schemaAddress } from '../../workspace/schemas.ts';
import { type ShippedTeam, shippedFiles, shippedTeams } from '../../workspace/shipped.ts';
import { type AgentsHere, agentsHere } from '../agents-here.ts';
import { instead } from '../choice.ts';
import { askForTeam, type Beginning } from '../dialogue.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { Unusable } from '../unusable.ts';
import { usable } from '../usable.ts';

interface Options {
  readonly team?: string;
  readonly name?: string;
  readonly list?: true;
  readonly dryRun?: true;
}

/** What somebody gets who does not choose, and can't be asked. */
const FIRST = 'starter';

const AFTER = `
Without --team it asks, where there is somebody at a terminal, and imports the agents that are there if that is wanted;
elsewhere it takes the team "${FIRST}". A file that is there
already is never overwritten: then nothing is written at all. The hook for pre-commit goes into a ${PRE_COMMIT} of
its own at the root of the repository; where there is one already, it is shown instead.

Examples:
  teamc init                                         asks, and writes into this folder
  teamc init --list                                  the teams to start from
  teamc init teams/api --team backend-guild          into a folder of its own
  teamc init --team starter --name shop --dry-run    what would be written`;

/** `teamc init`: a team to start from. */
export function initCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('init')
    .description('a team to start from')
    .argument('[dir]', 'the folder that the team goes into', '.')
    .option('--team <name>', 'one of the teams that teamc brings')
    .option('--name <name>', "what to call the team (default: the folder's name)")
    .option('--list', 'list the teams that teamc brings')
    .option('--dry-run', 'write nothing; list what would be written')
    .addHelpText('after', AFTER)
    .action(async (dir: string, options: Options, command: Command) => {
      const globals = globalsOf(command, io);
      exit(options.list ? list(globals, io) : await usable(() => init(dir, options, globals, io)));
    });
}

function list({ style }: Globals, io: Io): ExitCode {
  const rows = shippedTeams().map(({ name, roles, description }) => [name, `${roles} roles`, description]);
  io.stdout.write(
    table(rows, style)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return EXIT.fine;
}

async function init(dir: string, options: Options, globals: Globals, io: Io): Promise<ExitCode> {
  const { disk } = globals;
  const folder = disk.path(dir);
  const standing = disk.kind(folder) === 'folder' ? disk.teamFile(folder) : undefined;
  if (disk.kind(folder) === 'file') throw new Unusable(`"${dir}" is a file; a team goes into a folder.`);
  if (standing !== undefined)
    throw new Unusable(`There is a team already: "${standing}"; give another folder, as in "teamc init teams/NAME".`);
  const agents = agentsHere(disk, folder);
  const found = { agents, name: options.name ?? nameOf(disk, folder), importInto: disk.path(`${folder}/team`) };
  const chosen = await choose(options, found, io);
  if (chosen === undefined) return EXIT.fine;
  if ('importInto' in chosen) {
    const { importAgents } = await import('./import.ts');
    return importAgents(folder, { ...options, out: chosen.importInto, from: 'auto', format: 'pretty' }, globals, io);
  }
  const files = new Map([...teamFiles(chosen, folder, disk), ...hookFiles(folder, disk)]);
  await write({ folder, files, chosen, agents }, options, globals, io);
  return EXIT.fine;
}

async function choose({ team }: Options, found: Parameters<typeof askForTeam>[2], { person }: Io): Promise<Beginning> {
  const teams = shippedTeams();
  const names = teams.map(({ name }) => name);
  if (team !== undefined && !names.includes(team))
    throw new Unusable(`teamc brings no team "${team}"; ${instead(team, names)}`);
  if (team !== undefined || !person) return { team: team ?? FIRST, name: found.name };
  return askForTeam(person, ordered(teams), found);
}

function ordered(teams: readonly ShippedTeam[]): readonly ShippedTeam[] {
  return teams.toSorted((a, b) => Number(b.name === FIRST) - Number(a.name === FIRST));
}

function nameOf(disk: Disk, folder: string): string {
  return basename(disk.full(folder)) || FIRST;
}

/** The files of a team, with its own name and with schemas that an editor finds from where they lie. */
function teamFiles(
  { team, name }: { readonly team: string; readonly name: string },
  folder: string,
  disk: Disk,
): ReadonlyMap<string, string> {
  return new Map(
    [...shippedFiles(team)].map(([path, text]) => {
      const kind: SchemaName | undefined =
        path === 'team.yaml' ? 'team' : /^scenarios\//.test(path) ? 'scenario' : undefined;
      if (kind === undefined) return [path, text];
      const named = kind === 'team' ? renamed(path, text, name) : text;
      return [path, withSchemaLine(named, schemaAddress(kind, `${folder}/${path}`, disk))];
    }),
  );
}

function renamed(path: string, text: string, name: string): string {
  return applyEdits(readDocument({ path, text }), [{ at: { file: path, pointer: ['name'] }, value: name }]).text;
}

/** The configuration of pre-commit, where the team's folder is the root of a repository that has none. */
function hookFiles(folder: string, disk: Disk): ReadonlyMap<string, string> {
  const free = !disk.exists(disk.path(`${folder}/${PRE_COMMIT}`));
  return new Map(disk.isRepository(folder) && free ? [[PRE_COMMIT, preCommitConfig(disk, folder)]] : []);
}

interface Writing {
  readonly folder: string;
  /** By their paths in the folder. */
  readonly files: ReadonlyMap<string, string>;
  readonly chosen: { readonly team: string; readonly name: string };
  readonly agents: AgentsHere;
}

async function write(writing: Writing, { dryRun }: Options, { disk, style, quiet }: Globals, io: Io): Promise<void> {
  const { folder, files, chosen } = writing;
  const taken = [...files.keys()].filter((path) => disk.exists(disk.path(`${folder}/${path}`)));
  if (taken.length > 0) {
    const are = taken.length === 1 ? 'is' : 'are';
    throw new Unusable(`Nothing was written: ${enumerate(taken)} ${are} there already; give another folder.`);
  }
  const changes = [...files].map(([path, after]) => ({ path, before: undefined, after }));
  if (!dryRun) await changeFiles(new Output(disk.full(folder), folder), changes);
  if (quiet) return;
  const rows = changes.map(({ path }) => ({
    path: folder === '.' ? path : `${folder}/${path}`,
    action: 'create' as const,
    from: /^roles\/(.+)\.md$/.exec(path)?.[1] ?? 'team',
    target: '',
    shared: false,
    sha256: '',
  }));
  io.stdout.write(`${visible(chosen.name)}: ${tally(rows, !dryRun)}, from the team ${chosen.team}\n`);
  io.stdout.write(prettyChanges(rows, !dryRun, style));
  if (!dryRun) io.stdout.write(next(writing, disk));
}

/** What to do now. */
function next({ folder, files, chosen, agents }: Writing, disk: Disk): string {
  const at = folder === '.' ? '' : ` ${folder}`;
  const entry = shippedTeams().find(({ name }) => name === chosen.team)!.entry;
  const steps: readonly (readonly [string, string])[] = [
    [`teamc lint${at}`, 'what is wrong with it; nothing, to begin with'],
    [`teamc explain ${entry}${at && ` --team${at}`}`, 'all that holds for a role'],
    [`teamc build${at} --target claude-code`, "write a platform's files; opencode and roo are the others"],
    [`teamc build${at} --check`, 'in CI: are they what the team says?'],
    ...(files.has(PRE_COMMIT) ? [['pre-commit install', 'lint before each commit'] as const] : []),
  ];
  const width = Math.max(...steps.map(([command]) => command.length));
  const lines = steps.map(([command, what]) => `  ${command.padEnd(width)}   ${what}\n`);
  const hook = files.has(PRE_COMMIT)
    ? ''
    : `\nTo lint before each commit, in ${PRE_COMMIT} at the root of the repository:\n\n${preCommitHook(disk, folder)}`;
  const others =
    agents.number > 0
      ? `\nThere ${agents.number === 1 ? 'is' : 'are'} ${count(agents.number, 'agent')} here already, in ${enumerate(agents.places)}. "teamc import ${folder}" makes a team of ${agents.number === 1 ? 'it' : 'them'}.\n`
      : '';
  return `\nNext:\n${lines.join('')}${hook}${others}`;
}
