import { resolve } from 'node:path';
import { type FidelityRow, fidelityJson } from '../report/fidelity.ts';
import type { FileChange } from '../report/plan.ts';
import { lint as findings } from '../rules/lint.ts';
import { compile } from '../target/compile.ts';
import type { Target } from '../target/target.ts';
import type { LoadedTeam } from '../team/read.ts';
import { buildInto, isDrifted } from '../workspace/build.ts';
import { chooseTargets } from '../workspace/choose-targets.ts';
import { Disk } from '../workspace/disk.ts';
import { inForm } from '../workspace/in-form.ts';
import { Output } from '../workspace/output.ts';
import type { Wanted } from '../workspace/plan-build.ts';
import { wantedOf } from '../workspace/wanted.ts';
import { asTeamError, TeamError } from './load-team.ts';

/** What is built, and where it goes. */
export interface BuildOptions {
  /** The platforms; by default those that the team file names, else all. */
  readonly targets?: readonly string[];
  /** A folder with targets of one's own. */
  readonly targetsFolder?: string;
  /** Another form of the platforms' files: `plugin` or `user` of Claude Code; platforms without it are left out unless they are named. */
  readonly form?: string;
  /** The folder to write into; without one nothing is written. */
  readonly out?: string;
  /** Only compares what stands in `out` with what would be written. */
  readonly check?: boolean;
  /** Overwrites and deletes files that teamc did not write or that were changed since. */
  readonly force?: boolean;
}

/** A file of a build. */
export interface BuiltFile {
  readonly path: string;
  readonly content: string;
  readonly target: string;
  /** The role that the file is for, or `team`. */
  readonly from: string;
}

/** What came of a build. */
export interface BuildResult {
  readonly files: readonly BuiltFile[];
  /** How each feature of each role is carried by each target. */
  readonly fidelity: readonly FidelityRow[];
  /** What was done in `out`, or would be with `check`; empty without a folder. */
  readonly changes: readonly FileChange[];
  /** Whether the folder is as the team wants it by now. False when a file drifted, and then nothing was written. */
  readonly upToDate: boolean;
}

/**
 * The files that each platform wants. They are written only where `out` says so, as `teamc build` writes them: all or none,
 * and never over what people changed. Throws a `TeamError` for a team with errors and for a folder that can't be used.
 */
export async function build(team: LoadedTeam, options: BuildOptions = {}): Promise<BuildResult> {
  try {
    refuseErrors(team);
    const targets = await targetsFor(team, options);
    const { form, out } = options;
    const plans = inFormAsked(targets, options).map((target) =>
      compile(team.team, target, form === undefined ? {} : { form }),
    );
    const problem = plans.flatMap(({ problems }) => problems)[0];
    if (problem) throw new TeamError(problem.message);
    const wanted = wantedOf(team.team, plans);
    const files = wanted.files.map(({ path, content, target, from }) => ({ path, content, target, from }));
    const rows = plans.flatMap(({ fidelity }) => fidelity);
    const done = out === undefined ? { changes: [], upToDate: false } : await write(out, wanted, options);
    return { files, fidelity: fidelityJson(rows, team.documents), ...done };
  } catch (error) {
    throw asTeamError(error);
  }
}

function refuseErrors(team: LoadedTeam): void {
  const errors = findings(team).filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first)
    throw new TeamError(
      `The team "${team.team.name}" has ${errors.length} errors, such as: ${first.at.file}: ${first.message}`,
    );
}

async function targetsFor({ team }: LoadedTeam, options: BuildOptions): Promise<readonly Target[]> {
  const { targets, targetsFolder } = options;
  const inTeam = Object.keys(team.definition.targets ?? {}).filter((name) => !name.startsWith('x-'));
  const own = targetsFolder === undefined ? undefined : { root: resolve(targetsFolder), shown: targetsFolder };
  const found = await chooseTargets(targets, inTeam, own);
  if ('problems' in found) throw new TeamError(`${found.problems[0]!.at.file}: ${found.problems[0]!.message}`);
  return found;
}

/** The targets, those that have the form that is asked for; the same are left out that the command leaves out. */
function inFormAsked(targets: readonly Target[], { form, targets: named }: BuildOptions): readonly Target[] {
  if (form === undefined) return targets;
  const having = inForm(targets, form, named !== undefined);
  if ('lacking' in having)
    throw new TeamError(`${having.lacking} has no form "${form}"; Claude Code has "plugin" and "user".`);
  return having;
}

async function write(
  out: string,
  wanted: Wanted,
  { check = false, force = false }: BuildOptions,
): Promise<Pick<BuildResult, 'changes' | 'upToDate'>> {
  const disk = new Disk(resolve('.'));
  const isTeam = (path: string): boolean => disk.isTeamFile(path);
  const { plan, written } = await buildInto(new Output(resolve(out), out), wanted, { only: check, force, isTeam });
  const isKept = plan.changes.every(({ action }) => action === 'keep');
  return { changes: plan.changes, upToDate: isKept || (written && (force || !isDrifted(plan))) };
}
