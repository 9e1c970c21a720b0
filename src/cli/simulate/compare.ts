import type { LoadedTeam } from '../../team/read.ts';
import { readScenario } from '../../team/scenario-read.ts';
import type { Disk } from '../../workspace/disk.ts';
import { oneTeam } from '../one-team.ts';
import { sideName, teamAt } from '../sides.ts';
import { Unusable } from '../unusable.ts';
import { isScenario, type Played, playsOf } from './input.ts';

/**
 * The same thing to play in another version: a scenario of its own, or this one with the team at a path or as a git revision has it.
 * Names of the scenario that are not in the other team are its problems.
 */
export function otherVersion(played: Played, ref: string, disk: Disk, cwd: string): Played {
  if (disk.exists(disk.path(ref)) && isScenario(disk, ref)) {
    const [other, ...more] = playsOf(disk, [ref]);
    if (other && more.length === 0) return other;
  }
  const team = otherTeam(played, ref, disk, cwd);
  if (played.path === undefined) return { ...played, team, documents: team.documents };
  const { scenario, documents, problems } = readScenario(played.path, disk, team);
  return { team, scenario, documents, problems, path: played.path };
}

function otherTeam({ team: { team } }: Played, ref: string, disk: Disk, cwd: string): LoadedTeam {
  const { path, revision } = sideName(ref, (given) => disk.exists(disk.path(given)));
  if (revision !== undefined) return teamAt(cwd, revision, path);
  if (disk.exists(disk.path(path))) return oneTeam(disk, path);
  try {
    return teamAt(cwd, ref, `./${team.at.file}`);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    const { message } = error;
    throw new Unusable(
      `There is nothing at "${ref}" to compare with, and as a revision it won't do either: ${message}`,
    );
  }
}

/** Fails in one sentence where options contradict a comparison. */
export function checkCompare(compare: string | undefined, format: string, others: readonly unknown[]): void {
  if (compare === undefined) return;
  if (others.some((each) => each !== undefined))
    throw new Unusable(
      '--compare plays many runs in two versions; it goes with --runs, --seed and --target, and with no other way to play.',
    );
  if (format !== 'tree' && format !== 'json')
    throw new Unusable(`--compare reports as tree or json; play one run with --run for ${format}.`);
}
