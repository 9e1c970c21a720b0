import { relative } from 'node:path';
import type { Disk } from './disk.ts';
import { Output } from './output.ts';
import { slashed } from './paths.ts';

/** The folder to work in when a team's own files change. */
export interface TeamRoot {
  readonly output: Output;
  /** A path as it is called in that folder. */
  inside(path: string): string;
}

/**
 * The root of the repository that a team lies in, or else the team's own folder: always the same one for a team, so that
 * the next command finds there what an interrupted one left.
 */
export function teamRoot(disk: Disk, team: string): TeamRoot {
  const own = disk.path(`${team}/..`);
  let root = own;
  while (!disk.isRoot(root)) root = disk.path(`${root}/..`);
  if (!disk.isRepository(root)) root = own;
  return {
    output: new Output(disk.full(root), root),
    inside: (path) => slashed(relative(disk.full(root), disk.full(path))),
  };
}
