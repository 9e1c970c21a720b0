import type { Mind } from '../../simulate/choice.ts';
import { forkedMind, Misfit } from '../../simulate/minds/forked.ts';
import { play, type Run } from '../../simulate/play.ts';
import type { World } from '../../simulate/world.ts';
import { nearest } from '../../text/did-you-mean.ts';
import { Unusable } from '../unusable.ts';

/** Collects `KEY=VALUE` of an option that may come several times. */
export function forks(given: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const at = given.lastIndexOf('=');
  if (at < 1 || at === given.length - 1)
    throw new Unusable(`--fork takes the key of a choice and what is chosen, as in ${EXAMPLE}, not "${given}".`);
  const [key, value] = [given.slice(0, at), given.slice(at + 1)];
  const other = before.get(key);
  if (other !== undefined && other !== value)
    throw new Unusable(`"${key}" can't be both "${other}" and "${value}"; say it once.`);
  return new Map([...before, [key, value]]);
}

const EXAMPLE = '--fork task:login/try:1/outcome=timeout';

/** How many choices are named where there is not the one that was asked for. */
const NAMED = 3;

/** Plays a run with some choices changed. Fails where the run never comes to one of them, or where one can't be that. */
export function playForked(world: World, base: Mind, changed: ReadonlyMap<string, string>): Run {
  const run = forkedRun(world, base, changed);
  const asked = run.picks.map(({ key }) => key);
  const missing = [...changed.keys()].find((key) => !asked.includes(key));
  if (missing === undefined) return run;
  if (asked.length === 0)
    throw new Unusable(
      'There is nothing to fork: without shares, chances and ranges in the scenario nothing is left to chance.',
    );
  const names = nearest(missing, asked, NAMED).map((key) => `"${key}"`);
  const rest = asked.length - names.length;
  throw new Unusable(
    `The run never comes to "${missing}"; nearest are ${names.join(', ')}${rest > 0 ? `, of ${asked.length} choices` : ''}.`,
  );
}

function forkedRun(world: World, base: Mind, changed: ReadonlyMap<string, string>): Run {
  try {
    return play(world, forkedMind(base, changed));
  } catch (error) {
    if (error instanceof Misfit) throw new Unusable(error.message);
    throw error;
  }
}
