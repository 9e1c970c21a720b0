import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Document } from '../../document/document.ts';
import { readDocument } from '../../document/read.ts';
import { type Account, accountFor } from '../../import/account.ts';
import type { ReadFile } from '../../import/files.ts';
import { PLATFORMS, type PlatformName } from '../../import/found.ts';
import { guessPlatform } from '../../import/guess.ts';
import { type PlatformTeam, readProject } from '../../import/read-project.ts';
import { READERS } from '../../import/readers.ts';
import { type WrittenTeam, writeTeam } from '../../import/write-team.ts';
import { prettyAccount } from '../../report/import-report.ts';
import { count } from '../../report/summary.ts';
import { visible } from '../../report/visible.ts';
import { lint } from '../../rules/lint.ts';
import { type Files, readTeam } from '../../team/read.ts';
import { changeFiles } from '../../workspace/change-files.ts';
import type { Disk } from '../../workspace/disk.ts';
import { Output } from '../../workspace/output.ts';
import {
  guessedFiles,
  looseFiles,
  type PlatformFiles,
  platformFiles,
  readFiles,
} from '../../workspace/platform-files.ts';
import { Trouble } from '../../workspace/trouble.ts';
import { choice } from '../choice.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { Unusable } from '../unusable.ts';
import { usable } from '../usable.ts';

/** What an import is asked for. */
export interface ImportOptions {
  readonly from: 'auto' | PlatformName;
  readonly out: string;
  readonly report?: string;
  readonly force?: true;
  readonly dryRun?: true;
  readonly format: 'pretty' | 'json';
}

const AFTER = `
Reads the agents as their platform does, and writes a team: team.yaml, and a role file for each agent with its prompt
whole. What front matter, lists, tables and labels say of relations, tools and permissions becomes data; every other
sentence stays where it is. Keys that the language has no word for are kept under "x-". The platform's own files stay as
they are, and nothing is written outside of --out.

DIR is a project with .claude/agents, .opencode, .roomodes and the like, a folder of agent files, or one such file.

Exit codes: 0 when nothing was lost, whatever "teamc lint" then finds in the team; 1 when a file could not be read; 2 when
there is nothing to import, or the files can't be written.

Examples:
  teamc import .                                       the agents of this project, to the folder team
  teamc import . --out agents-team --report import.json    with an account of every field, file and line
  teamc import vendor/agents --from claude-code        a folder of agent files that is no project
  teamc import . --dry-run                             what would come over`;

/** `teamc import`: platform files become a team. */
export function importCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('import')
    .description('make a team of agents that exist already')
    .argument('<dir>', 'a project with agents, a folder of agent files, or one file')
    .addOption(choice('--from <platform>', 'whose files they are', ['auto', ...PLATFORMS]).default('auto'))
    .option('-o, --out <dir>', 'the folder for the new team', 'team')
    .option('--report <file>', 'write what became of each file, field and relation to a file, as JSON')
    .option('--dry-run', 'write nothing but the report')
    .option('--force', 'overwrite files in the way')
    .addOption(choice('-f, --format <format>', 'how to answer', ['pretty', 'json']).default('pretty'))
    .addHelpText('after', AFTER)
    .action(async (dir: string, options: ImportOptions, command: Command) => {
      exit(await usable(() => importAgents(dir, options, globalsOf(command, io), io)));
    });
}

/** Makes a team of the agents in a folder, and tells what became of them. */
export async function importAgents(dir: string, options: ImportOptions, globals: Globals, io: Io): Promise<ExitCode> {
  const { disk, quiet, style } = globals;
  const cwd = disk.full('.');
  const path = disk.path(dir);
  const { files, unlisted } = filesAt(disk, path, dir, options.from);
  const teams = readProject(path, files);
  if (teams.every(({ drafts }) => drafts.length === 0))
    throw new Unusable(nothing(dir, options.from, { files, unlisted }, teams));
  const { written, findings } = buildable(teams);
  const account = accountFor(teams, files, written, unlisted);
  if (!options.dryRun) await write(written, options, cwd);
  if (options.report !== undefined) report(account, options.report, disk);
  if (options.format === 'json') io.stdout.write(`${JSON.stringify(account, undefined, 2)}\n`);
  else if (!quiet || account.lost > 0) io.stdout.write(prettyAccount(account, options.out, style));
  if (!options.dryRun && !quiet) io.stderr.write(`${visible(next(options.out, findings))}\n`);
  return account.lost > 0 ? EXIT.finding : EXIT.fine;
}

/** The team with its findings; what keeps it from being built and came with the files is told as a warning there. */
function buildable(teams: readonly PlatformTeam[]): { written: WrittenTeam; findings: readonly Diagnostic[] } {
  const linted = (written: WrittenTeam) => ({ written, findings: lint(readTeam('team.yaml', filesOf(written))) });
  const first = linted(writeTeam(teams));
  const errors = first.findings.filter(({ severity }) => severity === 'error');
  const lenient = [...new Set(errors.map(({ rule }) => rule))].filter(
    (rule) => rule !== 'schema' && rule !== 'yaml-syntax',
  );
  return lenient.length === 0 ? first : linted(writeTeam(teams, lenient));
}

/** The new team's files, as if they stood on a disk. */
function filesOf({ files }: WrittenTeam): Files {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const read = (path: string): Document | undefined => {
    const text = texts.get(path);
    return text === undefined ? undefined : readDocument({ path, text });
  };
  return {
    document: read,
    list: () => undefined,
    roles: () => ({ paths: files.map(({ path }) => path).filter((path) => path !== 'team.yaml'), problems: [] }),
    teamFile: (path) => path,
  };
}

/** The files to read, and what was in the way of finding them. */
interface Inputs {
  readonly files: readonly ReadFile[];
  readonly unlisted: readonly Diagnostic[];
}

/** Those at the places of a platform; or all that could be agents, where somebody says whose they are. */
function filesAt(disk: Disk, path: string, given: string, from: ImportOptions['from']): Inputs {
  if (!disk.exists(path))
    throw new Unusable(`There is nothing at "${given}"; name a project, a folder of agents or a file.`);
  const only = from === 'auto' ? undefined : from;
  if (disk.kind(path) === 'file') return { files: oneFile(disk, path, only), unlisted: [] };
  const placed = platformFiles(disk, path, only);
  const team = disk.teamFile(path);
  if (only === undefined && team !== undefined && !placed.files.some(({ kind }) => kind !== 'settings'))
    throw new Unusable(
      `"${given}" holds a team already, "${team}"; lint, build and the others take it as it is. To read its files as those of a platform, name that with --from.`,
    );
  const loose = only === undefined ? () => guessedFiles(disk, path) : () => looseFiles(disk, path, only);
  const found: readonly PlatformFiles[] = placed.files.some(({ kind }) => kind !== 'settings')
    ? [placed]
    : [placed, loose()];
  return {
    files: found.flatMap(({ files }) => readFiles(files, (file) => disk.source(file))),
    unlisted: found.flatMap(({ problems }) => problems),
  };
}

function oneFile(disk: Disk, path: string, only: PlatformName | undefined): readonly ReadFile[] {
  const source = disk.source(path);
  if (only === undefined && disk.isTeamFile(path))
    throw new Unusable(
      `"${path}" is a team already; lint, build and the others take it as it is. To read it as a platform's, name that with --from.`,
    );
  const platform = only ?? (source && !('rule' in source) ? guessPlatform(source) : undefined);
  if (platform === undefined || source === undefined)
    throw new Unusable(`It can't be told whose file "${path}" is; say so with --from.`);
  const head = { platform, kind: platform === 'roo' ? ('modes' as const) : ('agent' as const), path };
  const inner = path.slice(path.lastIndexOf('/') + 1);
  return ['rule' in source ? { ...head, inner, problem: source } : { ...head, inner, source }];
}

function nothing(
  dir: string,
  from: ImportOptions['from'],
  { files, unlisted }: Inputs,
  teams: readonly PlatformTeam[],
): string {
  const problem = files.flatMap((file) => ('problem' in file ? [file.problem] : []))[0] ?? unlisted[0];
  if (problem) return `No agent in "${dir}" can be read. ${problem.message}`;
  const [first, second] = new Set(teams.flatMap(({ found }) => found.problems.map(({ message }) => message)));
  const why = first !== undefined && second === undefined ? ` ${first}` : '';
  if (files.length > 0) return `None of the ${count(files.length, 'file')} in "${dir}" holds an agent.${why}`;
  if (from !== 'auto')
    return `There are no agents of ${READERS[from].title} in "${dir}"; without --from all platforms are read.`;
  return `There are no agents in "${dir}"; teamc reads those of Claude Code, opencode, Roo Code and Roo Commander. Name the platform with --from if they lie in a folder of their own.`;
}

async function write(written: WrittenTeam, { out, force }: ImportOptions, cwd: string): Promise<void> {
  const output = new Output(resolve(cwd, out), out);
  const changes = written.files.map(({ path, text }) => ({
    path,
    before: force ? output.look(path)?.bytes.toString('utf8') : undefined,
    after: text,
  }));
  try {
    await changeFiles(output, changes);
  } catch (error) {
    if (error instanceof Trouble && error.message.endsWith('is there already.'))
      throw new Trouble(`${error.message} Name another folder with --out, or overwrite with --force.`);
    throw error;
  }
}

function report(account: Account, file: string, disk: Disk): void {
  const failure = disk.write(file, `${JSON.stringify(account, undefined, 2)}\n`);
  if (failure !== undefined) throw new Unusable(`The report can't be written to "${file}": it ${failure}.`);
}

/** What to do now; with how many findings the new team begins. */
function next(out: string, findings: readonly Diagnostic[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  return `teamc: "teamc lint ${out}" tells of ${count(errors, 'error')} and ${count(warnings, 'warning')}; "teamc build ${out}" writes the platforms' files again.`;
}
