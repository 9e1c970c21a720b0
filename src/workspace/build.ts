import { locked } from './lock.ts';
import { type Manifest, manifestPath, parseManifest } from './manifest.ts';
import { type Output, OWN_FOLDER } from './output.ts';
import { type BuildPlan, type Ground, planBuild, type Wanted } from './plan-build.ts';
import { carryOut, isUnderWay, recover } from './transaction.ts';
import { Trouble } from './trouble.ts';

/** How a build goes about its plan. */
export interface BuildOptions {
  /** Only plans; but what an interrupted build left behind is completed all the same. */
  readonly only?: boolean;
  /** Overwrites and deletes what drifted. */
  readonly force?: boolean;
  /** Whether a team file that an older manifest names is still another team's. */
  isTeam(path: string): boolean;
}

/** A build that was planned, and carried out unless something stood in the way. */
export interface Built {
  readonly plan: BuildPlan;
  readonly written: boolean;
  /** What became of an interrupted build that was found. */
  readonly recovered?: 'complete' | 'undo';
}

/**
 * Plans a build and carries it out, unless a file drifted. Where nothing is to do, nothing is written, not even a lock.
 * Fails with a `Trouble` when the folder can't be used; then everything is as it was.
 */
export async function buildInto(output: Output, wanted: Wanted, options: BuildOptions): Promise<Built> {
  let recovered: Built['recovered'];
  if (options.only && isUnderWay(output)) recovered = await locked(output, async () => recover(output));
  const plan = planFor(output, wanted, options);
  const head = { plan, ...(recovered ? { recovered } : {}) };
  const isQuiet = !isUnderWay(output) && (isDone(plan) || (isDrifted(plan) && !options.force));
  if (options.only || isQuiet) return { ...head, written: false };
  return locked(output, async () => {
    const found = recover(output);
    const current = planFor(output, wanted, options);
    const written = !isDrifted(current) || options.force === true;
    if (written) await carryOut(output, current);
    return { plan: current, written, ...(found ? { recovered: found } : {}) };
  });
}

/** Whether a plan would overwrite or delete what is not teamc's. */
export function isDrifted({ changes }: BuildPlan): boolean {
  return changes.some(({ drift }) => drift !== undefined);
}

function isDone({ steps, drop }: BuildPlan): boolean {
  return steps.length === 0 && drop.length === 0;
}

function planFor(output: Output, wanted: Wanted, options: BuildOptions): BuildPlan {
  output.forget();
  return planBuild(wanted, manifestOf(output, wanted, options), groundOf(output, wanted));
}

function manifestOf(output: Output, { team, source }: Wanted, { isTeam }: BuildOptions): Manifest | undefined {
  const path = manifestPath(team);
  const standing = output.look(path);
  if (!standing) return undefined;
  const manifest = parseManifest(standing.bytes.toString());
  if (!manifest)
    throw new Trouble(
      `"${output.show(path)}" is not what this version of teamc wrote, so what is teamc's can't be told; restore it, or remove it and build with --force.`,
    );
  if (manifest.team !== team || (manifest.source !== source && isTeam(manifest.source)))
    throw new Trouble(
      `"${output.show(path)}" belongs to the team "${manifest.team}" of ${manifest.source}; give one of the teams another name, or build into another folder with --out.`,
    );
  return manifest;
}

function groundOf(output: Output, { team }: Wanted): Ground {
  let owners: ReadonlyMap<string, string> | undefined;
  return {
    look: (path) => output.look(path),
    hasFolder: (path) => output.hasFolder(path),
    show: (path) => output.show(path),
    owner(path) {
      owners ??= ownersIn(output, manifestPath(team));
      return owners.get(path);
    },
  };
}

/** The teams that files in the folder belong to, but for one. */
function ownersIn(output: Output, except: string): ReadonlyMap<string, string> {
  const others = manifestsIn(output).filter(({ team }) => manifestPath(team) !== except);
  return new Map(others.flatMap(({ team, files }) => [...files.keys()].map((file) => [file, team] as const)));
}

/** What teamc remembers of each team that it built into a folder. */
export function manifestsIn(output: Output): readonly Manifest[] {
  return output
    .names(OWN_FOLDER)
    .filter((name) => /^[^.].*\.json$/.test(name))
    .flatMap((name) => parseManifest(output.look(`${OWN_FOLDER}/${name}`)?.bytes.toString() ?? '') ?? []);
}
