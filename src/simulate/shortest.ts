import type { Choice, Pick } from './choice.ts';
import { statusOf } from './expectations.ts';
import { endName, isFault, type Way } from './explore.ts';
import { begun, choiceOf, step } from './kernel.ts';
import { forkedMind } from './minds/forked.ts';
import { rulesMind } from './minds/rules.ts';
import { Monitor } from './monitor.ts';
import { overOf, type State } from './state.ts';
import type { World } from './world.ts';

/** A way said by what is unlikely about it: everything that is not named goes as in the dry run. */
export interface Forks {
  readonly forks: ReadonlyMap<string, string>;
  readonly faults: number;
  /** Steps to where it shows what it is for. */
  readonly steps: number;
}

/** What a way has to show: an expectation that is broken, by its position, or the name of an end. */
export type Aim = { readonly broken: number } | { readonly end: string };

/**
 * Says a way with as few forks as will do: one after the other goes back to what is likeliest, as long as the run still shows what it is for, in
 * no more steps.
 */
export function simplest(world: World, { picks, steps, faults }: Way, aim: Aim): Forks {
  let best: Forks = { forks: new Map(picks.map(({ key, pick }) => [key, written(pick)])), steps, faults };
  for (const { key } of picks.toReversed()) {
    const forks = new Map(best.forks);
    forks.delete(key);
    const found = shown(world, forks, aim);
    if (found && found.steps <= best.steps && found.faults <= best.faults) best = { forks, ...found };
  }
  return best;
}

/** A pick as it is written on a command line: lengths of time in the largest unit that says them exactly. */
function written(pick: Pick): string {
  if (typeof pick !== 'number') return String(pick);
  const [size, unit] = UNITS.find(([each]) => pick % each === 0)!;
  return `${pick / size}${unit}`;
}

const UNITS = [
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
  [1, 'ms'],
] as const;

/** After how many steps and with how many faults a run shows what it is for; nothing where it does not. */
function shown(world: World, forks: ReadonlyMap<string, string>, aim: Aim): Omit<Forks, 'forks'> | undefined {
  const mind = forkedMind(rulesMind, forks);
  const expectation = 'broken' in aim ? world.scenario.expectations[aim.broken] : undefined;
  const monitor = expectation && new Monitor(expectation);
  let { state, events } = begun(world);
  let faults = 0;
  for (;;) {
    for (const event of events) monitor?.see(event);
    if (monitor?.broken || !state.agenda.first || state.over) break;
    const choice: Choice | undefined = choiceOf(world, state);
    const pick = choice && mind.pick(choice);
    if (choice && isFault(choice, pick!)) faults++;
    ({ state, events } = step(world, state, pick));
  }
  return monitor?.broken || isShownAtEnd(world, state, monitor, aim) ? { steps: state.steps, faults } : undefined;
}

function isShownAtEnd(world: World, state: State, monitor: Monitor | undefined, aim: Aim): boolean {
  if ('end' in aim) return endName(overOf(state)) === aim.end;
  return statusOf(world, state, monitor!) === 'broken';
}
