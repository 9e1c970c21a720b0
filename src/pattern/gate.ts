import { ANY, between, type CharSet, charsOf, complement, intersection, NONE, union } from './charset.ts';
import { type Program, seal } from './program.ts';

/** A step of the gate: what is read, and where it leads. What no step reads ends the match. */
type Step = readonly [set: CharSet, to: Stage];
type Stage = 'start' | 'dot' | 'dot-dot' | 'home' | 'letter' | 'drive' | 'inside';

const slash = charsOf('/');
const letter = union(between('A', 'Z'), between('a', 'z'));
const but = (...sets: readonly CharSet[]): CharSet => complement(union(...sets));

/**
 * Which normalized paths lead outside the project: `/…`, `..`, `../…`, `~`, `~/…`, `C:` and `C:/…`. Decided by the first three
 * characters; after that everything is inside.
 */
const gate: Readonly<Record<Stage, readonly Step[]>> = {
  start: [
    [charsOf('.'), 'dot'],
    [charsOf('~'), 'home'],
    [letter, 'letter'],
    [but(charsOf('.~/'), letter), 'inside'],
  ],
  dot: [
    [charsOf('.'), 'dot-dot'],
    [but(charsOf('.')), 'inside'],
  ],
  'dot-dot': [[but(slash), 'inside']],
  home: [[but(slash), 'inside']],
  letter: [
    [charsOf(':'), 'drive'],
    [but(charsOf(':')), 'inside'],
  ],
  drive: [[but(slash), 'inside']],
  inside: [[ANY, 'inside']],
};

const mayEnd: ReadonlySet<Stage> = new Set<Stage>(['dot', 'letter', 'inside']);

/** The same program, but for arguments that lead outside the project: those it no longer matches. */
export function withinProject(program: Program): Program {
  const places: { readonly at: number; readonly set: CharSet; readonly to: Stage }[] = [];
  const numbers = new Map<string, number>();
  const ACCEPT = -1;

  const enter = (positions: readonly number[], stage: Stage): number[] =>
    positions.flatMap((at) => {
      if (at === program.accept) return mayEnd.has(stage) ? [ACCEPT] : [];
      return gate[stage].flatMap(([read, to]) => {
        const set = intersection(program.sets[at]!, read);
        return set === NONE ? [] : [number(at, set, to)];
      });
    });

  function number(at: number, set: CharSet, to: Stage): number {
    const key = `${at} ${to} ${set.join()}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, places.length);
    return places.push({ at, set, to }) - 1;
  }

  const start = enter(program.start, 'start');
  const next: number[][] = [];
  for (let at = 0; at < places.length; at += 1) next.push(enter(program.next[places[at]!.at]!, places[at]!.to));
  const rename = (targets: readonly number[]): number[] => targets.map((at) => (at === ACCEPT ? places.length : at));
  return seal({
    sets: places.map((place) => place.set),
    next: next.map(rename),
    start: rename(start),
    star: places.map(() => false),
  });
}
