import { resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { fidelityReport, unmet } from '../../report/fidelity.ts';
import { type LintedTeam, pathOf } from '../../report/result.ts';
import { compile } from '../../target/compile.ts';
import { TemplateError } from '../../target/render.ts';
import { enumerate } from '../../text/enumerate.ts';
import { type Built, buildInto, isDrifted } from '../../workspace/build.ts';
import { chooseTargets, targetNames } from '../../workspace/choose-targets.ts';
import { discoverTeams } from '../../workspace/discover.ts';
import { inForm } from '../../workspace/in-form.ts';
import { Output } from '../../workspace/output.ts';
import { slashed } from '../../workspace/paths.ts';
import type { Wanted } from '../../workspace/plan-build.ts';
import type { Trace } from '../../workspace/trace.ts';
import { Trouble } from '../../workspace/trouble.ts';
import { wantedOf } from '../../workspace/wanted.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Globals } from '../globals.ts';
import type { Io } from '../io.ts';
import { lintTeams } from '../lint-teams.ts';
import { Unusable } from '../unusable.ts';
import type { Options } from './options.ts';
import { type Compiled, type Said, type Subject, Telling } from './tell.ts';
import { whatToClean } from './what-to-clean.ts';

interface Context {
  readonly options: Options;
  readonly globals: Globals;
  readonly io: Io;
  readonly cwd: string;
  /** Notes what the answer depends on, where it is to be kept. */
  readonly trace?: Trace | undefined;
  readonly said: Said;
}

/** One run of the command: each step says what it found and whether to go on. */
export class Build {
  readonly #options: Options;
  readonly #globals: Globals;
  readonly #cwd: string;
  readonly #trace: Trace | undefined;
  readonly #tell: Telling;

  constructor({ options, globals, io, cwd, trace, said }: Context) {
    this.#options = options;
    this.#globals = globals;
    this.#cwd = cwd;
    this.#trace = trace;
    this.#tell = new Telling(options, globals, io, said);
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
    const subject = { name: team, path: source, documents: new Map() };
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
      if (path === undefined)
        throw new Unusable('There is no team in this folder, above it or below "teams/"; "teamc init" makes one.');
      throw new Unusable(`There is no team in or above "${path}"; a team begins with a file "team.yaml".`);
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
    this.#tell.warnings(linted);
    const targets = await this.#targets(linted);
    if ('problems' in targets) return this.#refuse(linted, targets.problems);
    const { as: form } = this.#options;
    const chosen = form === undefined ? targets : inForm(targets, form, this.#options.target !== undefined);
    if ('lacking' in chosen)
      throw new Unusable(
        `${chosen.lacking} has no form "${form}"; Claude Code can be built as a plugin, or with --user.`,
      );
    const plans = chosen.map((target) => compile(linted.loaded.team, target, form === undefined ? {} : { form }));
    const compiled: Compiled = { linted, targets: chosen, plans };
    const problems = plans.flatMap((plan) => plan.problems);
    if (problems.length > 0) return this.#refuse(linted, problems);
    this.#report(compiled);
    if (this.#misses(compiled)) return EXIT.finding;
    const { team, documents } = linted.loaded;
    return this.#carryOut({ name: team.name, path: pathOf(linted), documents }, wantedOf(team, plans), compiled);
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

  /** Says what keeps the team from being built. */
  #refuse(linted: LintedTeam, diagnostics: readonly Diagnostic[]): ExitCode {
    this.#tell.refused(linted, diagnostics);
    return EXIT.finding;
  }

  /** Whether a limit is carried below the level that was required; each is named. */
  #misses({ linted, plans }: Compiled): boolean {
    const { require: level } = this.#options;
    const rows = level === undefined ? [] : plans.flatMap(({ fidelity }) => unmet(fidelity, level));
    if (rows.length > 0) this.#tell.missed(rows, linted.loaded.documents);
    return rows.length > 0;
  }

  async #carryOut(subject: Subject, wanted: Wanted, compiled: Compiled | undefined): Promise<ExitCode> {
    const { check, dryRun, force } = this.#options;
    const output = this.#output();
    const built = await buildInto(output, wanted, {
      only: check === true || dryRun === true,
      force: force === true,
      isTeam: (path) => this.#globals.disk.isTeamFile(path),
    });
    this.#tell.recovered(built);
    this.#forget(built);
    const changes = built.plan.changes.map((change) => ({ ...change, path: output.show(change.path) }));
    const shown = { ...built, plan: { ...built.plan, changes } };
    const drifted = isDrifted(built.plan) && !(force && !check);
    const differs = check === true && changes.some(({ action }) => action !== 'keep');
    await this.#tell.built(shown, subject, compiled, drifted || differs);
    return drifted || differs ? EXIT.finding : EXIT.fine;
  }

  /** What was written or mended gets another answer the next time. */
  #forget({ written, recovered }: Built): void {
    if (written || recovered) this.#trace?.spoil();
  }
}
