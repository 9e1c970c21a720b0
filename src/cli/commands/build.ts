import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Document } from '../../document/document.ts';
import { fidelityJson, fidelityReport, prettyFidelity, prettyRows, unmet } from '../../report/fidelity.ts';
import { folded } from '../../report/folded.ts';
import { json } from '../../report/json.ts';
import { changesJson, prettyChanges, tally } from '../../report/plan.ts';
import { differenceSentence, differences, prettyDifferences } from '../../report/plan-diff.ts';
import { prettyReport } from '../../report/pretty.ts';
import { type LintedTeam, pathOf } from '../../report/result.ts';
import { count } from '../../report/summary.ts';
import { compile } from '../../target/compile.ts';
import { TemplateError } from '../../target/render.ts';
import type { Level, Plan, Target } from '../../target/target.ts';
import { enumerate } from '../../text/enumerate.ts';
import { type Built, buildInto, isDrifted } from '../../workspace/build.ts';
import { chooseTargets, targetNames } from '../../workspace/choose-targets.ts';
import { discoverTeams } from '../../workspace/discover.ts';
import { Output } from '../../workspace/output.ts';
import { packageVersion } from '../../workspace/package.ts';
import { slashed } from '../../workspace/paths.ts';
import type { Wanted } from '../../workspace/plan-build.ts';
import type { Trace } from '../../workspace/trace.ts';
import { Trouble } from '../../workspace/trouble.ts';
import { wantedOf } from '../../workspace/wanted.ts';
import { again } from '../again.ts';
import { choice } from '../choice.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import { inForm } from '../in-form.ts';
import type { Io } from '../io.ts';
import { lintTeams } from '../lint-teams.ts';
import { rememberedLater } from '../remembered.ts';
import { Unusable } from '../unusable.ts';
import { whatToClean } from '../what-to-clean.ts';

interface Options {
  readonly target?: readonly string[];
  readonly targets?: string;
  readonly out?: string;
  readonly check?: true;
  readonly dryRun?: true;
  readonly clean?: true;
  readonly force?: true;
  readonly require?: Exclude<Level, 'lost'>;
  readonly report?: string;
  readonly as?: string;
  readonly format: 'pretty' | 'json';
  readonly user?: true;
  readonly watch?: true;
}

const AFTER = `
What teamc writes it remembers in .teamc/<team>.json, beside the files. A file that it did not write, or that somebody
changed since, is shown with a diff, and then nothing at all is written. In files that people share with it, such as
.claude/settings.json, opencode.json and .roomodes, it changes only its own entries. Files of roles that are gone go.

A team with errors is not built, and --force does not help: it only lets teamc overwrite and delete files.

Examples:
  teamc build                                       the team in this folder or above it
  teamc build teams/backend-guild --target opencode --target roo
  teamc build --check                               in CI: is what is committed what the team says?
  teamc build --dry-run                             which files would be written and removed
  teamc build --require guarded --target opencode   fail unless every limit of every role is enforced
  teamc build --as plugin --out dist/plugin         a plugin of Claude Code, with its guard
  teamc build --targets targets --target notes      a target of your own, from the folder targets/notes
  teamc build --user                                into ~/.claude, for all your projects
  teamc build --watch                               again and again, while you write
  teamc build --clean                               take everything out again that is teamc's`;

/** `teamc build`: writes the files that each platform wants. */
export function buildCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('build')
    .description('write the files that each platform wants, and say what is not enforced there')
    .argument('[path]', 'a team folder, its team file, or a file inside a team')
    .option('-t, --target <name>', 'a platform; may be given again (default: those in team.yaml, else all)', more)
    .option('--targets <dir>', 'a folder with targets of your own')
    .option('--as <form>', 'another form of a platform: plugin, for Claude Code')
    .option('--user', "write into Claude Code's own folder of this user, for all projects")
    .option('-o, --out <dir>', 'the folder to write into (default: the working folder)')
    .option('--check', 'write nothing; exit 1 with a diff if the files are not what the team says')
    .option('--dry-run', 'write nothing; list what would be written and removed')
    .option('--clean', "remove everything that is teamc's")
    .option('--force', 'overwrite and delete files that teamc did not write or that were changed since')
    .addOption(choice('--require <level>', 'fail where a limit is carried below this level', REQUIRABLE))
    .option('--report <file>', 'write how each feature of each role is carried to a file, as JSON')
    .option('--watch', 'go on, and build again whenever something changes')
    .addOption(choice('-f, --format <format>', 'how to report', ['pretty', 'json']).default('pretty'))
    .option('--no-cache', 'look at everything anew, and keep nothing in the cache')
    .addHelpText('after', AFTER)
    .action(async (path: string | undefined, given: Options, command: Command) => {
      const options = given.user ? forUser(given, io) : given;
      const cwd = resolve(io.cwd, command.optsWithGlobals<{ cwd?: string }>().cwd ?? '.');
      const globals = globalsOf(command, io);
      const said = {};
      const run = (heard: Io, trace?: Trace) => new Build({ options, globals, io: heard, cwd, trace, said }).run(path);
      if (options.watch) exit(await again(() => run(io), globals, io, options.targets ? [options.targets] : []));
      else exit(await (isRepeatable(options) ? rememberedLater(io, globals.disk, run) : run(io)));
    });
}

/** What `--user` means: Claude Code's form for a user, in the folder where it looks for what is a user's. */
function forUser(options: Options, { env }: Io): Options {
  const other = (['as', 'out'] as const).find((name) => options[name] !== undefined);
  if (other) throw new Unusable(`--user goes without --${other}: it says both the form and the folder.`);
  const out = env['CLAUDE_CONFIG_DIR'] || join(homedir(), '.claude');
  return { ...options, as: 'user', out, target: options.target ?? ['claude-code'] };
}

/** Options that leave the answer to the team and to what was written. */
const REPEATABLE: ReadonlySet<string> = new Set([
  'as',
  'cache',
  'check',
  'dryRun',
  'format',
  'out',
  'require',
  'target',
]);

function isRepeatable(options: Options): boolean {
  return Object.keys(options).every((name) => REPEATABLE.has(name));
}

const REQUIRABLE = ['native', 'guarded', 'prose'] as const satisfies readonly Level[];

function more(given: string, before: readonly string[] = []): readonly string[] {
  return [...before, given];
}

interface Context {
  readonly options: Options;
  readonly globals: Globals;
  readonly io: Io;
  readonly cwd: string;
  /** Notes what the answer depends on, where it is to be kept. */
  readonly trace?: Trace | undefined;
  /** What the build before said of the platforms, where one follows the other. */
  readonly said: { platforms?: string };
}

/** The team that is built or taken out, as people are told of it. */
interface Subject {
  readonly name: string;
  readonly path: string;
  readonly documents: ReadonlyMap<string, Document>;
}

/** A team with its plans. */
interface Compiled {
  readonly linted: LintedTeam;
  readonly targets: readonly Target[];
  readonly plans: readonly Plan[];
}

/** One run of the command: each step says what it found and whether to go on. */
class Build {
  readonly #options: Options;
  readonly #globals: Globals;
  readonly #io: Io;
  readonly #cwd: string;
  readonly #trace: Trace | undefined;
  readonly #said: Context['said'];

  constructor({ options, globals, io, cwd, trace, said }: Context) {
    this.#options = options;
    this.#globals = globals;
    this.#io = io;
    this.#cwd = cwd;
    this.#trace = trace;
    this.#said = said;
  }

  async run(path: string | undefined): Promise<ExitCode> {
    const { check, dryRun, clean, watch } = this.#options;
    if (check && (dryRun || clean)) throw new Unusable(`--check goes without ${dryRun ? '--dry-run' : '--clean'}.`);
    if (watch && clean) throw new Unusable('--watch goes without --clean.');
    try {
      return await (clean ? this.#clean(path) : this.#build(this.#team(path)));
    } catch (error) {
      if (error instanceof Trouble || error instanceof TemplateError) throw new Unusable(error.message);
      throw error;
    }
  }

  /** Takes out what the manifest calls teamc's, whether the team can still be read or not. */
  async #clean(path: string | undefined): Promise<ExitCode> {
    const { team, source } = whatToClean(this.#output(), path, this.#globals.disk);
    const wanted = { team, source, files: [], targets: new Set(targetNames(this.#options.target) ?? []) };
    const all = this.#options.target === undefined;
    const subject = { name: team, path: source, documents: new Map<string, Document>() };
    return this.#carryOut(subject, { ...wanted, targets: all ? undefined : wanted.targets }, undefined);
  }

  #output(): Output {
    const { out = '.' } = this.#options;
    return new Output(resolve(this.#cwd, out), slashed(out).replace(/\/+$/, '') || '/', this.#trace);
  }

  #team(path: string | undefined): LintedTeam {
    const { disk } = this.#globals;
    const { teams, missing } = discoverTeams(disk, path === undefined ? [] : [path]);
    if (missing.length > 0) throw new Unusable(`There is nothing at "${path}"; name a team folder or a team file.`);
    const [only] = teams;
    if (!only) {
      const where = path === undefined ? 'in this folder, above it or below "teams/"' : `in or above "${path}"`;
      throw new Unusable(`There is no team ${where}; a team begins with a file "team.yaml".`);
    }
    if (teams.length > 1)
      throw new Unusable(
        `There are ${teams.length} teams here, and one is built at a time; name ${enumerate(teams.map((team) => team.path))}.`,
      );
    if (only.project)
      throw new Unusable(
        `There is no team file here, only agents of a platform; "teamc import ${only.path} --out team" makes a team of them.`,
      );
    return lintTeams(disk, [{ path: only.path }], { severities: {} })[0]!;
  }

  async #build(linted: LintedTeam): Promise<ExitCode> {
    const errors = linted.diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) return this.#refuse(linted, errors);
    this.#tellWarnings(linted);
    const targets = await this.#targets(linted);
    if ('problems' in targets) return this.#refuse(linted, targets.problems);
    const { as: form } = this.#options;
    const chosen = form === undefined ? targets : inForm(targets, form, this.#options.target !== undefined);
    const plans = chosen.map((target) => compile(linted.loaded.team, target, form === undefined ? {} : { form }));
    const compiled: Compiled = { linted, targets: chosen, plans };
    const problems = plans.flatMap((plan) => plan.problems);
    if (problems.length > 0) return this.#refuse(linted, problems);
    this.#report(compiled);
    if (this.#misses(compiled)) return EXIT.finding;
    const { team, documents } = linted.loaded;
    return this.#carryOut({ name: team.name, path: pathOf(linted), documents }, wantedOf(team, plans), compiled);
  }

  /** Says what keeps the team from being built. */
  #refuse(linted: LintedTeam, diagnostics: readonly Diagnostic[]): ExitCode {
    const documents = new Map<string, Document>(linted.loaded.documents);
    for (const { at } of diagnostics) {
      const found = documents.has(at.file) ? undefined : this.#globals.disk.document(at.file);
      if (found && !('rule' in found)) documents.set(at.file, found);
    }
    const teams = [{ ...linted, loaded: { ...linted.loaded, documents }, diagnostics }];
    const result = { teams, rules: [], version: packageVersion() };
    if (this.#options.format === 'json') {
      const found = JSON.parse(json(result, { color: 0 })) as { readonly diagnostics: readonly object[] };
      this.#printJson({ files: [], fidelity: [], diagnostics: found.diagnostics });
    } else this.#io.stdout.write(prettyReport(result, this.#globals.style));
    this.#io.stderr.write(
      'teamc: Nothing was written: errors keep a team from being built, and --force does not help.\n',
    );
    return EXIT.finding;
  }

  #tellWarnings(linted: LintedTeam): void {
    const warnings = linted.diagnostics.filter(({ severity }) => severity === 'warning').length;
    if (warnings > 0 && !this.#globals.quiet)
      this.#io.stderr.write(`teamc: ${count(warnings, 'warning')}; "teamc lint ${pathOf(linted)}" shows them.\n`);
  }

  #targets({ loaded }: LintedTeam): ReturnType<typeof chooseTargets> {
    const { target, targets: folder } = this.#options;
    const inTeam = Object.keys(loaded.team.definition.targets ?? {}).filter((name) => !name.startsWith('x-'));
    const own =
      folder === undefined ? undefined : { root: resolve(this.#cwd, folder), shown: folder.replace(/\/$/, '') };
    return chooseTargets(target, inTeam, own);
  }

  /** Writes the report that was asked for. */
  #report({ linted, plans, targets }: Compiled): void {
    const { report } = this.#options;
    if (report === undefined) return;
    const carried = targets.map(({ manifest }, index) => ({ manifest, fidelity: plans[index]!.fidelity }));
    const { team, documents } = linted.loaded;
    const failure = this.#globals.disk.write(report, fidelityReport(team.name, carried, documents));
    if (failure !== undefined) throw new Unusable(`The report can't be written to "${report}": it ${failure}.`);
  }

  /** Whether a limit is carried below the level that was required; each is named. */
  #misses({ linted, plans }: Compiled): boolean {
    const { require: level, format } = this.#options;
    const rows = level === undefined ? [] : plans.flatMap(({ fidelity }) => unmet(fidelity, level));
    if (rows.length === 0) return false;
    const { documents } = linted.loaded;
    if (format === 'json') this.#printJson({ files: [], fidelity: fidelityJson(rows, documents) });
    else this.#io.stdout.write(prettyRows(rows, documents, this.#globals.style));
    this.#io.stderr.write(
      `teamc: Nothing was written: ${count(rows.length, 'limit')} of a role ${rows.length === 1 ? 'is' : 'are'} carried below ${level}.\n`,
    );
    return true;
  }

  async #carryOut(subject: Subject, wanted: Wanted, compiled: Compiled | undefined): Promise<ExitCode> {
    const { check, dryRun, force } = this.#options;
    const { disk, quiet } = this.#globals;
    const output = this.#output();
    const built = await buildInto(output, wanted, {
      only: check === true || dryRun === true,
      force: force === true,
      isTeam: (path) => disk.isTeamFile(path),
    });
    if (built.recovered && !quiet)
      this.#io.stderr.write(
        `teamc: A build that was interrupted was ${built.recovered === 'undo' ? 'undone' : 'completed'} first.\n`,
      );
    this.#forget(built);
    const changes = built.plan.changes.map((change) => ({ ...change, path: output.show(change.path) }));
    const shown = { ...built, plan: { ...built.plan, changes } };
    const drifted = isDrifted(built.plan) && !(force && !check);
    const differs = check === true && changes.some(({ action }) => action !== 'keep');
    if (this.#options.format === 'json') await this.#json(shown, compiled, subject);
    else if (drifted || differs) await this.#showDifferences(shown);
    else if (!quiet) this.#pretty(shown, compiled, subject);
    return drifted || differs ? EXIT.finding : EXIT.fine;
  }

  /** What was written or mended gets another answer the next time. */
  #forget({ written, recovered }: Built): void {
    if (written || recovered) this.#trace?.spoil();
  }

  async #json({ plan, written }: Built, compiled: Compiled | undefined, { documents }: Subject): Promise<void> {
    const rows = (compiled?.plans ?? []).flatMap(({ fidelity }) => fidelity);
    const found = (await differences(plan.changes)).filter(({ change }) => !written || change.drift !== undefined);
    this.#printJson({
      files: changesJson(plan.changes),
      removed: plan.changes.filter(({ action }) => action === 'remove').map(({ path }) => path),
      differences: found.map(({ change: { path, action, drift }, diff }) => ({
        path,
        action,
        ...(drift ? { drift } : {}),
        diff,
      })),
      fidelity: fidelityJson(rows, documents),
    });
  }

  async #showDifferences({ plan }: Built): Promise<void> {
    const { style, verbose } = this.#globals;
    const { check } = this.#options;
    const found = await differences(check ? plan.changes : plan.changes.filter(({ drift }) => drift !== undefined));
    this.#io.stdout.write(prettyDifferences(found, verbose, style));
    this.#io.stderr.write(`teamc: ${differenceSentence(found, check === true)}\n`);
  }

  #pretty(built: Built, compiled: Compiled | undefined, subject: Subject): void {
    const { style } = this.#globals;
    const { changes } = built.plan;
    const { stdout } = this.#io;
    const names = (compiled?.targets ?? []).map(({ manifest }) => manifest.title);
    const what = compiled ? ` for ${enumerate(names)}` : '';
    stdout.write(folded(`${subject.name}: ${tally(changes, built.written)}${what}\n`, style));
    stdout.write(prettyChanges(changes, built.written, style));
    this.#tellOthers(built, subject);
    if (!compiled || this.#options.check) return;
    const platforms = this.#platformsText(compiled, subject);
    if (platforms !== this.#said.platforms) stdout.write(platforms);
    this.#said.platforms = platforms;
  }

  /** What each platform does not enforce; all of it where somebody wants to know. */
  #platformsText({ plans, targets, linted }: Compiled, { documents }: Subject): string {
    const { style, verbose } = this.#globals;
    const rows = plans.flatMap(({ fidelity }) => fidelity);
    const roles = linted.loaded.team.roles.size;
    const each = targets.map(({ manifest }, index) =>
      prettyFidelity({ manifest, fidelity: plans[index]!.fidelity, roles }, style),
    );
    const more = `--verbose names every role and place; --report FILE writes all ${rows.length} rows as JSON.\n`;
    return [...each, verbose ? prettyRows(rows, documents, style) : folded(more, style)]
      .map((text) => `\n${text}`)
      .join('');
  }

  /** Files of targets that were not asked for stay; somebody may wonder why. */
  #tellOthers({ plan: { others } }: Built, { path }: Subject): void {
    if (others.length === 0 || this.#options.target) return;
    const options = others.map((name) => ` --target ${name}`).join('');
    const is = others.length === 1 ? 'is no target' : 'are no targets';
    this.#io.stderr.write(
      `teamc: Files of ${enumerate(others)} stay, which ${is} of the team; "teamc build ${path} --clean${options}" removes them.\n`,
    );
  }

  #printJson(content: object): void {
    this.#io.stdout.write(`${JSON.stringify({ version: 1, ...content }, undefined, 2)}\n`);
  }
}
