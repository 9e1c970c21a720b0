import { resolve } from 'node:path';
import type { Target } from '../target/target.ts';
import { chooseTargets } from '../workspace/choose-targets.ts';
import type { Disk } from '../workspace/disk.ts';
import { Unusable } from './unusable.ts';
import { usable } from './usable.ts';

/** Targets by their names, some of them from a folder of a person's own; all in the folder where none is named. */
export async function targetsFrom(folder: string, names: readonly string[], disk: Disk): Promise<readonly Target[]> {
  const own = { root: resolve(disk.full('.'), folder), shown: folder.replace(/\/$/, '') };
  const found = await usable(() => chooseTargets(names.length > 0 ? names : undefined, [], own));
  if (!('problems' in found)) return found;
  const [first] = found.problems;
  throw new Unusable(`${first!.at.file}: ${first!.message} "teamc build --targets ${folder}" shows more.`);
}
