import type { Choice, Pick } from './choice.ts';
import { statusOf } from './expectations.ts';
import { Fingerprint } from './fingerprint.ts';
import { advance, begun, choiceOf, choiceOn, step } from './kernel.ts';
import type { Recorded } from './minds/replay.ts';
import { Monitor, wordsOf } from './monitor.ts';
import { enter } from './request.ts';
import { type Listener, Stage } from './stage.ts';
import { copyOf, emptyState, type Over, overOf, type State } from './state.ts';
import { Visited } from './visited.ts';
import type { World } from './world.ts';

/** A way from the request on: what was chosen, how much of it went wrong, and after how many steps it shows what it is for. */
export interface Way {
  readonly picks: readonly Recorded[];
  readonly faults: number;
  readonly steps: number;
}

/** What a search through all runs found. */
export interface Explored {
  /** The most faults in a run. */
  readonly faults: number;
  /** States that were come to, those between two choices included, and how many different ones with a choice. */
  readonly states: number;
  readonly branches: number;
  /** By how runs end: the way with the fewest faults, and of those the fewest steps. */
  readonly ends: ReadonlyMap<string, Way>;
  /** By expectation: the fewest steps to where it is broken; nothing where no run breaks it. */
  readonly broken: readonly (Way | undefined)[];
  /** By expectation: whether a limit of the scenario stopped some run before it could be told. */
  readonly open: readonly boolean[];
  /** What stopped the search before its end. */
  readonly stopped?: string;
}

/** How far a search has come. */
export interface Progress {
  readonly states: number;
  readonly waiting: number;
  readonly steps: number;
}

/** Where a search stops by itself. */
export interface Bounds {
  readonly faults: number;
  readonly states: number;
}

/** How many states lie between two looks at the clock. */
const PACE = 4096;

/** A state with a choice, on its way to be explored. */
interface Branch {
  readonly state: State;
  readonly choice: Choice;
  readonly memory: readonly number[];
  readonly faults: number;
  readonly came: Came;
  readonly high: number;
  readonly low: number;
}

/**
 * Plays every option of every choice, with so many faults at most, and each length of time at its shortest and at its longest.
 * Breadth first by steps, so that what is found first is shortest. Tells how far it is, and stops for the reason that it is told.
 */
export function explore(world: World, bounds: Bounds): Generator<Progress, Explored, string | undefined> {
  return new Exploration(world, bounds).run();
}

class Exploration {
  readonly #world: World;
  readonly #bounds: Bounds;
  readonly #monitors: readonly Monitor[];
  readonly #fingerprint: Fingerprint;
  readonly #visited = new Visited();
  /** Branches by the steps to them. */
  readonly #levels: (Branch[] | undefined)[] = [];
  /** The tree of ways: for each branch the one before it, and what was chosen there. */
  readonly #before: number[] = [];
  readonly #picked: (Pick | undefined)[] = [];
  readonly #ends = new Map<string, Found>();
  readonly #broken: (Found | undefined)[];
  readonly #open: boolean[];
  readonly #listener: Listener;
  /** Whether the monitors were told something in this step. */
  #isTold = false;
  #states = 0;
  #waiting = 0;
  #level = 0;

  constructor(world: World, bounds: Bounds) {
    this.#world = world;
    this.#bounds = bounds;
    this.#monitors = world.scenario.expectations.map((expectation) => new Monitor(expectation));
    this.#fingerprint = new Fingerprint(world);
    const { expectations } = world.scenario;
    const words = wordsOf(expectations);
    // That a time is over shows in the next event, whatever it is.
    const all = expectations.some((each) => each.kind === 'eventually' && each.within !== undefined);
    this.#listener = {
      hears: (word) => all || words.has(word),
      tell: (event) => {
        this.#isTold = true;
        for (const monitor of this.#monitors) monitor.see(event);
      },
    };
    this.#broken = this.#monitors.map(() => undefined);
    this.#open = this.#monitors.map(() => false);
  }

  *run(): Generator<Progress, Explored, string | undefined> {
    const first = new Stage(this.#world, emptyState(this.#world.roles.length), this.#listener);
    this.#recall(this.#monitors.map(({ memory }) => memory));
    enter(first);
    this.#follow(first, 0, { before: -1, pick: undefined });
    let told = -PACE;
    for (; this.#level < this.#levels.length; this.#level++) {
      for (const branch of this.#levels[this.#level] ?? []) {
        const isDue = this.#states - told >= PACE;
        if (isDue) told = this.#states;
        const reason = (isDue ? yield this.#progress() : undefined) ?? this.#tooMany();
        if (reason !== undefined) return this.#explored(reason);
        this.#waiting--;
        this.#expand(branch);
      }
      this.#levels[this.#level] = undefined;
    }
    return this.#explored();
  }

  #progress(): Progress {
    return { states: this.#states, waiting: this.#waiting, steps: this.#level };
  }

  #tooMany(): string | undefined {
    const { states } = this.#bounds;
    return this.#states >= states ? `the limit of ${states} states` : undefined;
  }

  #expand({ state, choice, memory, faults, came, high, low }: Branch): void {
    // Known or not is said here, in the order of steps: where a state was met first may lie on the longer way.
    if (this.#visited.visit(high, low, faults) === 'known') return;
    const at = this.#before.push(came.before) - 1;
    this.#picked.push(came.pick);
    for (const pick of picksOf(choice)) {
      const more = faults + (isFault(choice, pick) ? 1 : 0);
      if (more > this.#bounds.faults) continue;
      const stage = new Stage(this.#world, copyOf(state), this.#listener);
      this.#recall(memory);
      advance(stage, pick);
      this.#follow(stage, more, { before: at, pick });
    }
  }

  #recall(memory: readonly number[]): void {
    for (let at = 0; at < memory.length; at++) this.#monitors[at]!.memory = memory[at]!;
  }

  /** Goes on to the next choice, or to the end, with the monitors watching. */
  #follow(stage: Stage, faults: number, came: Came): void {
    const { state } = stage;
    for (;;) {
      this.#states++;
      if (this.#isTold) this.#look({ ...came, faults, steps: state.steps });
      if (!state.agenda.first || state.over) {
        this.#end(state, { ...came, faults, steps: state.steps });
        return;
      }
      const choice = choiceOn(stage);
      if (choice) {
        this.#meet(state, choice, faults, came);
        return;
      }
      advance(stage, undefined);
    }
  }

  #meet(state: State, choice: Choice, faults: number, came: Came): void {
    this.#fingerprint.take(state, this.#monitors);
    const { high, low } = this.#fingerprint;
    if (this.#visited.knows(high, low, faults)) return;
    const memory = this.#monitors.map((monitor) => monitor.memory);
    const level = this.#levels[state.steps] ?? [];
    this.#levels[state.steps] = level;
    level.push({ state, choice, memory, faults, came, high, low });
    this.#waiting++;
  }

  /** Looks what the monitors say of the events of a step. */
  #look(found: Found): void {
    this.#isTold = false;
    for (const [at, monitor] of this.#monitors.entries()) {
      if (monitor.broken) this.#breaks(at, found);
      monitor.broken = false;
    }
  }

  #breaks(at: number, found: Found): void {
    const before = this.#broken[at];
    if (!before || isShorter(found, before)) this.#broken[at] = found;
  }

  #end(state: State, found: Found): void {
    const name = endName(overOf(state));
    const before = this.#ends.get(name);
    if (!before || found.faults < before.faults || (found.faults === before.faults && found.steps < before.steps))
      this.#ends.set(name, found);
    for (const [at, monitor] of this.#monitors.entries()) {
      if (monitor.expectation.kind === 'share') continue;
      const status = statusOf(this.#world, state, monitor);
      if (status === 'broken') this.#breaks(at, found);
      if (status === 'open') this.#open[at] = true;
    }
  }

  #explored(stopped?: string): Explored {
    const wayOf = ({ before, pick, faults, steps }: Found): Way => ({
      picks: this.#picks(before, pick),
      faults,
      steps,
    });
    return {
      faults: this.#bounds.faults,
      states: this.#states,
      branches: this.#visited.size,
      ends: new Map([...this.#ends].map(([name, found]) => [name, wayOf(found)])),
      broken: this.#broken.map((found) => found && wayOf(found)),
      open: this.#open.map((open, at) => open && !this.#broken[at]),
      ...(stopped === undefined ? {} : { stopped }),
    };
  }

  /** What was chosen on the way to a branch and there, with the keys that a run over the same way asks for. */
  #picks(before: number, last: Pick | undefined): readonly Recorded[] {
    const picks: Pick[] = [];
    for (let [at, pick] = [before, last]; at !== -1; [at, pick] = [this.#before[at]!, this.#picked[at]])
      picks.unshift(pick!);
    const named: Recorded[] = [];
    let { state } = begun(this.#world);
    while (state.agenda.first && !state.over && named.length < picks.length) {
      const choice = choiceOf(this.#world, state);
      const pick = choice && picks[named.length]!;
      if (choice) named.push({ key: choice.key, pick: pick! });
      ({ state } = step(this.#world, state, pick));
    }
    return named;
  }
}

/** How a state was come to: from which branch, and by what pick. */
interface Came {
  readonly before: number;
  readonly pick: Pick | undefined;
}

interface Found extends Came {
  readonly faults: number;
  readonly steps: number;
}

function isShorter(one: Found, other: Found): boolean {
  return one.steps < other.steps || (one.steps === other.steps && one.faults < other.faults);
}

/** What an end is called: `done`, `failed`, `escalated`, or the limit that made it. */
export function endName(over: Over): string {
  return over.kind === 'limit' ? `limit ${over.limit}` : over.kind;
}

/** What is played at a choice: each option that can be, and both ends of a length of time. */
export function picksOf(choice: Choice): readonly Pick[] {
  if (choice.kind === 'amount') return [choice.least, choice.most];
  return choice.options.filter(({ share }) => share > 0).map(({ name }) => name);
}

/** Whether a pick is something that goes wrong. */
export function isFault(choice: Choice, pick: Pick): boolean {
  return choice.kind === 'one' && choice.fault && pick !== choice.options[0]!.name;
}
