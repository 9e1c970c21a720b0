import type { Plan } from '../target/target.ts';
import type { Team } from '../team/team.ts';
import { collisionsOf, refusal } from './output-path.ts';
import type { Wanted, WantedFile } from './plan-build.ts';
import { Trouble } from './trouble.ts';

/**
 * What the plans for some targets want of the output folder. Fails with a `Trouble` when a path would leave the folder,
 * or when two files can't both be written.
 */
export function wantedOf(team: Team, plans: readonly Plan[]): Wanted {
  const files = plans.flatMap(({ target, files: planned }) => planned.map((file) => ({ ...file, target })));
  for (const { path, target } of files) {
    const why = refusal(path);
    if (why !== undefined) throw new Trouble(`The target "${target}" can't write "${path}": the path ${why}.`);
  }
  const [collision] = collisionsOf(files.map(({ path }) => path));
  if (collision) throw collide(files, collision.other, collision.path);
  return { team: team.name, source: team.at.file, files, targets: new Set(plans.map(({ target }) => target)) };
}

function collide(files: readonly WantedFile[], one: string, two: string): Trouble {
  const first = files.find(({ path }) => path === one)!;
  const second = files.findLast(({ path }) => path === two)!;
  const told = ({ path, from, target }: WantedFile) =>
    `"${path}" (${from === 'team' ? 'the team' : `role "${from}"`}, ${target})`;
  const why =
    one === two
      ? 'they are the same file'
      : two.toLowerCase().startsWith(`${one.toLowerCase()}/`)
        ? 'one would be a folder of the other'
        : 'they differ only in case, and are the same file on many disks';
  return new Trouble(`${told(first)} and ${told(second)} can't both be written: ${why}.`);
}
