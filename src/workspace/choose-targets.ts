import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { BUILTIN, builtinTarget } from '../target/builtin.ts';
import { customTarget } from '../target/custom.ts';
import { TemplateError } from '../target/render.ts';
import type { Target } from '../target/target.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { enumerate } from '../text/enumerate.ts';
import { findTargets } from './targets.ts';
import { Trouble } from './trouble.ts';

/** A folder of a person's own targets: where it is, and how the person calls it. */
export interface TargetFolder {
  readonly root: string;
  readonly shown: string;
}

/**
 * The targets by their names or other names, each once; by default those that the team file names, else all. Answers
 * with diagnostics for targets of the person's own that are wrong; fails with a `Trouble` for a name that nothing has.
 */
export async function chooseTargets(
  names: readonly string[] | undefined,
  inTeam: readonly string[],
  folder: TargetFolder | undefined,
): Promise<readonly Target[] | { readonly problems: readonly Diagnostic[] }> {
  const own = folder ? await ownTargets(folder) : [];
  if ('problems' in own) return own;
  const all = [...BUILTIN.map(({ name }) => name), ...own.map(({ manifest }) => manifest.target)];
  const find = (name: string): Target | undefined =>
    own.find(({ manifest }) => manifest.target === name || manifest.aliases?.includes(name)) ?? builtinTarget(name);
  const chosen = (names ?? (inTeam.length > 0 ? inTeam : all)).map((name) => {
    const target = find(name);
    if (target) return target;
    const meant = didYouMean(name, [...all, ...BUILTIN.flatMap(({ aliases }) => aliases)]);
    const where = names ? '' : ' The team file names it under "targets"; a target of your own needs --targets DIR.';
    const hint = meant === undefined ? `choose ${enumerate(all)}.` : `did you mean "${meant}"?`;
    throw new Trouble(`There is no target "${name}": ${hint}${where}`);
  });
  return [...new Map(chosen.map((target) => [target.manifest.target, target])).values()];
}

/** Names of targets without their other names; what teamc does not know stays as it is. */
export function targetNames(names: readonly string[] | undefined): readonly string[] | undefined {
  return names?.map((name) => builtinTarget(name)?.manifest.target ?? name);
}

async function ownTargets({
  root,
  shown,
}: TargetFolder): Promise<readonly Target[] | { readonly problems: readonly Diagnostic[] }> {
  const found = findTargets(root, shown);
  if (found.length === 0)
    throw new Trouble(`There is no target in "${shown}": a target is a folder with a target.yaml.`);
  const targets: Target[] = [];
  const problems: Diagnostic[] = [];
  for (const each of found) {
    if (!('manifest' in each)) {
      problems.push(each);
      continue;
    }
    const target = await readOrStop(each, shown);
    if (!('manifest' in target)) problems.push(...target);
    else targets.push(checked(target, `${shown}/${each.folder}`));
  }
  return problems.length > 0 ? { problems } : targets;
}

async function readOrStop(
  found: Parameters<typeof customTarget>[0] & { readonly folder: string },
  shown: string,
): Promise<Awaited<ReturnType<typeof customTarget>>> {
  try {
    return await customTarget(found);
  } catch (error) {
    if (error instanceof TemplateError)
      throw new Trouble(`${error.message.replace(/\.?$/, '')} (in ${shown}/${found.folder}).`);
    throw error;
  }
}

/** A target of one's own can't take the place of one that teamc brings. */
function checked(target: Target, shown: string): Target {
  const { target: name, aliases = [] } = target.manifest;
  const taken = [name, ...aliases].find((each) => builtinTarget(each));
  if (taken !== undefined)
    throw new Trouble(`The target in "${shown}" is called "${taken}", as one that teamc brings; give it another name.`);
  return target;
}
