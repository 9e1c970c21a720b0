import { resolve } from 'node:path';
import { readOneTeam } from '../cli/one-team.ts';
import { Unusable } from '../cli/unusable.ts';
import type { LoadedTeam } from '../team/read.ts';
import { Disk } from '../workspace/disk.ts';
import { Trouble } from '../workspace/trouble.ts';

/** What was asked can't be answered as it was asked: the message is a sentence for a person. */
export class TeamError extends Error {
  /** The name that Node shows, whatever the class is called once it is packed. */
  static override readonly name = 'TeamError';
  override readonly name = 'TeamError';
}

/** Where a team is looked for. */
export interface LoadOptions {
  /** The folder that paths start from, and that places in answers are named from; by default the working folder. */
  readonly cwd?: string;
}

/**
 * Reads a team from a team folder or a team file; without a path, the team in the working folder or above it. Mistakes in
 * its files never throw: they are findings of `lint`. Throws a `TeamError` when there is no team, or there are several.
 */
export function loadTeam(path?: string, { cwd = '.' }: LoadOptions = {}): LoadedTeam {
  const disk = new Disk(resolve(cwd));
  return told(() => readOneTeam(disk, path).loaded);
}

/** Turns the sentences of the command line into errors of the library. */
export function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asTeamError(error);
  }
}

/** The same for an error at hand. */
export function asTeamError(error: unknown): unknown {
  return error instanceof Unusable || error instanceof Trouble ? new TeamError(error.message) : error;
}

/** Makes sure that a team can be built and asked about: where its files have errors, nothing that is said of it holds. */
export function sound(team: LoadedTeam): LoadedTeam {
  const worst = team.problems.find(({ severity }) => severity === 'error');
  if (worst) throw new TeamError(`The team "${team.team.name}" has errors: ${worst.at.file}: ${worst.message}`);
  return team;
}
