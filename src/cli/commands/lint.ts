import { Command } from 'commander';
import type { Severity } from '../../diagnostic/diagnostic.ts';
import { type FormatName, formats } from '../../report/formats.ts';
import { countsOf, findingName, type LintedTeam, type LintResult } from '../../report/result.ts';
import { count, fixedSummary, summary } from '../../report/summary.ts';
import { visible } from '../../report/visible.ts';
import { rules } from '../../rules/generated/rules.ts';
import type { Profile } from '../../rules/lint.ts';
import { BUILTIN } from '../../target/builtin.ts';
import type { Files } from '../../team/read.ts';
import { type Discovered, discoverTeams } from '../../workspace/discover.ts';
import { packageVersion, rulePage } from '../../workspace/package.ts';
import { again } from '../again.ts';
import { choice, instead } from '../choice.ts';
import { editedTeam } from '../edited-team.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { lintAndMend, type Mended, type MendOptions } from '../lint-mend.ts';
import type { RuleChoices } from '../lint-teams.ts';
import { remembered } from '../remembered.ts';
import { targetsFrom } from '../targets-from.ts';
import { Unusable } from '../unusable.ts';

interface Options extends MendOptions {
  readonly format: FormatName;
  readonly maxWarnings?: number;
  readonly output?: string;
  readonly profile?: Profile;
  readonly rule?: RuleChoices['severities'];
  readonly target?: readonly string[];
  readonly targets?: string;
  readonly stdin?: true;
  readonly stdinFilename?: string;
  readonly watch?: true;
}

const AFTER = `
A team folder or its team file stands for the whole team, a folder of teams for each of them. Files and folders inside
a team, such as those that pre-commit passes, narrow the report: the team is still checked as a whole, but told is only
what has its place or a related place in them, what is about a role that one of them defines, and what the team file
says of the team as a whole. Files that belong to no team are left out as long as others do.

Errors make the exit code 1, and so do more warnings than --max-warnings. With --quiet warnings are not shown, but
--max-warnings counts them. Nothing is written but the file that --output names, and what --fix and --update-baseline say.

--fix makes the fixes that keep what the author meant, --fix-unsafe also those that a person should look at; what is left
is reported. Findings that --baseline records are neither told nor fixed.

Examples:
  teamc lint                                            the team in this folder or above it, else all below teams/
  teamc lint teams/backend-guild teams/delivery-squad   two teams
  teamc lint roles/lead.md roles/tester.md              what touches two roles
  teamc lint --profile strict --max-warnings 0          for a team that wants to be perfect
  teamc lint --fix                                      fix what is safe to fix, and report the rest
  teamc lint --baseline lint-baseline.json --update-baseline   record today's findings, to be told only of new ones
  teamc lint --baseline lint-baseline.json              what is new since then
  teamc lint --rule no-tools=error --rule unmirrored-relation=off
  teamc lint --target claude-code --target opencode     what two platforms would make of the team
  teamc lint --targets targets --target notes           what a platform of your own would make of it
  teamc lint --watch                                    again and again, while you write
  teamc lint --stdin --stdin-filename roles/lead.md < draft.md   a text that is not saved yet
  teamc lint --format sarif --output teamc.sarif        for code scanning
  teamc lint --format github                            annotations in GitHub Actions`;

/** `teamc lint`: everything that is wrong with a team. */
export function lintCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('lint')
    .description('everything that is wrong with a team')
    .argument('[paths...]', 'team folders, team files, or files inside a team')
    .addOption(choice('-f, --format <format>', 'how to report', Object.keys(formats)).default('pretty'))
    .option('--fix', 'make the fixes that are safe, keeping comments and layout')
    .option('--fix-unsafe', 'make all fixes, those too that a person should look at')
    .option('--baseline <file>', 'tell only what this file does not record')
    .option('--update-baseline', 'record what is found today in the file that --baseline names')
    .option('--max-warnings <n>', 'how many warnings are still fine (any number)', wholeNumber)
    .option('-o, --output <file>', 'write the report to a file instead of stdout')
    .addOption(choice('--profile <profile>', "how strict, whatever the team's own profile is", ['regular', 'strict']))
    .option('--rule <id=severity>', 'error, warning, info or off for a rule; may be given again', addRule)
    .option('-t, --target <name>', 'tell as well what a platform would make of the team; may be given again', addTarget)
    .option('--targets <dir>', 'a folder with targets of your own, for --target')
    .option('--stdin', 'take the text of one file from stdin, as an editor has it; needs --stdin-filename')
    .option('--stdin-filename <file>', 'where that file is, or will be')
    .option('--watch', 'go on, and lint again whenever something changes')
    .option('--no-cache', 'look at everything anew, and keep nothing in the cache')
    .addHelpText('after', AFTER)
    .action((paths: string[], options: Options, command: Command) => {
      const globals = globalsOf(command, io);
      checkNames(options);
      if (options.targets !== undefined || options.stdin || options.stdinFilename !== undefined || options.watch)
        return longer(paths, options, globals, io).then(exit);
      const answer = (heard: Io): ExitCode => run({ paths, options, globals, targets: options.target ?? [] }, heard);
      return exit(isRepeatable(options) ? remembered(io, globals.disk, answer) : answer(io));
    });
}

/** What takes its time: to read stdin, to load targets, to go on until somebody ends it. */
async function longer(paths: readonly string[], options: Options, globals: Globals, io: Io): Promise<ExitCode> {
  const { stdin, stdinFilename: file, target = [], targets: folder, watch } = options;
  if (stdin !== undefined && file === undefined) throw new Unusable('--stdin needs --stdin-filename FILE.');
  const targets = folder === undefined ? target : await targetsFrom(folder, target, globals.disk);
  if (file === undefined) {
    const told = { before: new Set<string>() };
    const once = (): ExitCode => run({ paths, options, globals, targets, ...(watch ? { told } : {}) }, io);
    return watch ? again(once, globals, io, folder === undefined ? [] : [folder]) : once();
  }
  const other = ['fix', 'fixUnsafe', 'updateBaseline', 'watch'].find((name) => Object.hasOwn(options, name));
  if (other)
    throw new Unusable('What comes from stdin is only linted: leave out --fix, --update-baseline and --watch.');
  if (paths.length > 0)
    throw new Unusable('--stdin takes one file, which --stdin-filename names; leave out the paths.');
  const { teams, files } = await editedTeam(file, io, globals.disk);
  return run({ paths, options, globals, targets, teams, files }, io);
}

/** Options that leave the answer to the team alone: nothing is written, and nothing else is read. */
const REPEATABLE: ReadonlySet<string> = new Set(['cache', 'format', 'maxWarnings', 'profile', 'rule', 'target']);

function isRepeatable(options: Options): boolean {
  return Object.keys(options).every((name) => REPEATABLE.has(name));
}

/** All that one look at teams takes. */
interface Look {
  readonly paths: readonly string[];
  readonly options: Options;
  readonly globals: Globals;
  readonly targets: RuleChoices['targets'];
  /** Where the teams are known already. */
  readonly teams?: Discovered['teams'];
  /** What stands for the disk where an editor has a newer text. */
  readonly files?: Files;
  /** What the look before told, where one follows the other. */
  readonly told?: { before: ReadonlySet<string> };
}

function run({ paths, options, globals, targets = [], teams: known, files, told }: Look, io: Io): ExitCode {
  const { disk, quiet } = globals;
  const choices = {
    severities: options.rule ?? {},
    targets,
    scenarios: true,
    ...(options.profile ? { profile: options.profile } : {}),
  };
  const mended = lintAndMend(disk, known ?? teamsAt(paths, globals, io), choices, options, files);
  const { teams, fixed } = mended;
  const found = { teams, ...(fixed ? { fixed } : {}), rules, version: packageVersion(), page: rulePage };
  const { error, warning } = countsOf(found);
  const before = told ? { before: told.before } : {};
  const shown = { ...found, ...before, ...(quiet ? { teams: teams.map(errorsOnly) } : {}) };
  if (told) told.before = new Set(teams.flatMap(({ diagnostics }) => diagnostics.map(findingName)));
  if (!(quiet && options.format === 'pretty' && error === 0)) report(shown, options, globals, io);
  remark(mended, options, globals, io);
  const tooMany = options.maxWarnings !== undefined && warning > options.maxWarnings;
  if (tooMany) io.stderr.write(`teamc: ${count(warning, 'warning')}, and --max-warnings is ${options.maxWarnings}.\n`);
  return error > 0 || tooMany ? EXIT.finding : EXIT.fine;
}

/** Tells on stderr what the report has no place for. */
function remark(
  { fixed = [], notes, troubles }: Mended,
  { format, output }: Options,
  { quiet }: Globals,
  io: Io,
): void {
  const shown = format === 'pretty' && output === undefined;
  const done = fixed.length > 0 && !shown ? [`fixed ${fixedSummary(fixed)}.`] : [];
  for (const sentence of [...(quiet ? [] : [...done, ...notes]), ...troubles])
    io.stderr.write(`${visible(`teamc: ${sentence}`)}\n`);
}

function report(result: LintResult, { format, output }: Options, { disk, style, quiet }: Globals, io: Io): void {
  if (output === undefined) {
    io.stdout.write(formats[format](result, style));
    return;
  }
  const failure = disk.write(output, formats[format](result, { color: 0 }));
  if (failure !== undefined) throw new Unusable(`The report can't be written to "${output}": it ${failure}.`);
  if (!quiet) io.stderr.write(`${summary(result)}\n`);
}

function teamsAt(paths: readonly string[], { disk, quiet }: Globals, io: Io): Discovered['teams'] {
  const { teams, missing, foreign } = discoverTeams(disk, paths);
  if (missing.length > 0)
    throw new Unusable(
      `There is nothing at ${named(missing)}; name a team folder, a team file or a file inside a team.`,
    );
  if (teams.length === 0 && foreign.length > 0)
    throw new Unusable(`There is no team in or above ${named(foreign)}; a team begins with a file "team.yaml".`);
  if (teams.length === 0)
    throw new Unusable(
      'There is no team in this folder, above it or below "teams/"; name one as an argument, or make one with "teamc init".',
    );
  if (foreign.length > 0 && !quiet)
    io.stderr.write(`teamc: left out, as no team is in or above it: ${named(foreign)}\n`);
  const empty = teams.filter(({ project }) => project?.files.length === 0);
  if (empty.length > 0 && empty.length === teams.length) throw new Unusable(withoutAgents(empty));
  return teams;
}

/** Folders of agents in which there are none. */
function withoutAgents(teams: Discovered['teams']): string {
  const problem = teams.flatMap(({ project }) => project?.problems ?? [])[0];
  return `There is no team, and the folders of agents hold no agent.${problem ? ` ${problem.message}` : ''}`;
}

function named(paths: readonly string[]): string {
  const rest = paths.length > 3 ? ` and ${paths.length - 3} more` : '';
  return (
    paths
      .slice(0, 3)
      .map((path) => `"${path}"`)
      .join(', ') + rest
  );
}

function errorsOnly(team: LintedTeam): LintedTeam {
  return { ...team, diagnostics: team.diagnostics.filter(({ severity }) => severity === 'error') };
}

function wholeNumber(given: string): number {
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new Unusable(`--max-warnings takes a whole number from 0 up, not "${given}".`);
}

const SEVERITIES: readonly (Severity | 'off')[] = ['error', 'warning', 'info', 'off'];

function addRule(given: string, before: RuleChoices['severities'] = {}): RuleChoices['severities'] {
  const [id = '', severity] = given.split('=');
  const ids = rules.map((rule) => rule.id);
  if (severity === undefined)
    throw new Unusable(`--rule takes a rule and its severity, as in no-tools=off, not "${given}".`);
  const chosen = SEVERITIES.find((word) => word === severity);
  if (!ids.includes(id)) throw new Unusable(`There is no rule "${id}"; ${instead(id, ids)}`);
  if (!chosen) throw new Unusable(`--rule ${id} can't be "${severity}"; ${instead(severity, SEVERITIES)}`);
  return { ...before, [id]: chosen };
}

function addTarget(given: string, before: readonly string[] = []): readonly string[] {
  return [...before, given];
}

/** Without a folder of one's own targets, the names are those that teamc brings. */
function checkNames({ target = [], targets }: Options): void {
  const names = BUILTIN.flatMap(({ name, aliases }) => [name, ...aliases]);
  const unknown = target.find((name) => !names.includes(name));
  if (unknown !== undefined && targets === undefined)
    throw new Unusable(`There is no target "${unknown}"; ${instead(unknown, names)}`);
}
