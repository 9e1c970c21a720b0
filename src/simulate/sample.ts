import type { Expectation } from '../team/scenario.ts';
import { chainsOf } from './chains.ts';
import type { SimEvent } from './event.ts';
import { statusOf, utilizationOf } from './expectations.ts';
import { seededMind } from './minds/seeded.ts';
import { Monitor, wordsOf } from './monitor.ts';
import { type Ended, follow } from './play.ts';
import type { Listener } from './stage.ts';
import type { World } from './world.ts';

/** How an expectation fared over many runs. */
export interface Tally {
  readonly kept: number;
  readonly broken: number;
  readonly open: number;
  /** The sum of what the runs say, for shares and utilization, in parts of `SCALE`; and that of its squares. */
  readonly sum: number;
  readonly squares: number;
  /** The first run that breaks it in the fewest events. */
  readonly shortest?: { readonly run: number; readonly events: number };
}

/** Something that happened in some runs, and the first of them. */
export interface Seen {
  readonly text: string;
  readonly runs: number;
  readonly first: number;
}

/** What runs come to, so that parts can be joined without a rounding: counts are whole, and lists sorted. */
export interface Sample {
  readonly runs: number;
  /** Events in all of them. */
  readonly events: number;
  /** How they end, the most frequent first. */
  readonly outcomes: readonly Seen[];
  /** Milliseconds. */
  readonly times: readonly number[];
  /** US dollars. */
  readonly costs: readonly number[];
  readonly tallies: readonly Tally[];
  /** By position of the role, the sum over the runs of the share of its time that it was at work, in parts of `SCALE`. */
  readonly used: readonly number[];
  /** Ways in which tasks failed, the most frequent first. */
  readonly chains: readonly Seen[];
}

/** Shares are counted in whole parts of this size, so that the order in which they are added makes no difference. */
export const SCALE = 2 ** 32;

/** Plays runs `from` to `to` of a seed and counts what becomes of them. */
export function sample(world: World, seed: string, from: number, to: number): Sample {
  const outcomes = new Map<string, Seen>();
  const chains = new Map<string, Seen>();
  const times: number[] = [];
  const costs: number[] = [];
  const used = world.roles.map(() => 0);
  const watch = new Watch(world);
  let events = 0;
  for (let run = from; run <= to; run++) {
    watch.begin();
    const ended = follow(world, seededMind(seed, run), watch);
    events += ended.count;
    watch.end(ended, run);
    saw(outcomes, outcomeText(ended), run);
    for (const text of chainsOf(watch.failures, ended.state)) saw(chains, text, run);
    times.push(ended.state.now);
    costs.push(ended.state.cost);
    for (const [at, role] of world.roles.entries())
      if (ended.state.stations[at]!.worked > 0) used[at]! += scaled(utilizationOf(ended, world, [role]));
  }
  return {
    runs: to - from + 1,
    events,
    outcomes: frequent(outcomes),
    times: sorted(times),
    costs: sorted(costs),
    tallies: watch.tallies,
    used,
    chains: frequent(chains),
  };
}

/** Hears of a run what expectations and chains of failures need, and keeps no more than that. */
class Watch implements Listener {
  readonly failures: SimEvent[] = [];
  readonly tallies: readonly { -readonly [K in keyof Tally]: Tally[K] }[];
  readonly #world: World;
  readonly #expectations: readonly Expectation[];
  readonly #listening: Readonly<Record<string, readonly number[]>>;
  #monitors: readonly Monitor[] = [];

  constructor(world: World) {
    this.#world = world;
    this.#expectations = world.scenario.expectations;
    this.#listening = listeningIn(this.#expectations);
    this.tallies = this.#expectations.map(() => ({ kept: 0, broken: 0, open: 0, sum: 0, squares: 0 }));
  }

  hears(type: SimEvent['type']): boolean {
    return this.#listening[type] !== undefined;
  }

  tell(event: SimEvent): void {
    for (const at of this.#listening[event.type]!) this.#monitors[at]!.see(event);
    if (event.type === 'failed' || event.type === 'escalated') this.failures.push(event);
  }

  begin(): void {
    this.failures.length = 0;
    this.#monitors = this.#expectations.map((expectation) => new Monitor(expectation));
  }

  end(ended: Ended, run: number): void {
    for (const [at, expectation] of this.#expectations.entries()) {
      const tally = this.tallies[at]!;
      const monitor = this.#monitors[at]!;
      const value = saidBy(this.#world, ended, expectation, monitor);
      const status = statusOf(this.#world, ended.state, monitor);
      tally[status]++;
      tally.sum += scaled(value);
      tally.squares += scaled(value * value);
      if (status === 'broken' && ended.count < (tally.shortest?.events ?? Number.POSITIVE_INFINITY))
        tally.shortest = { run, events: ended.count };
    }
  }
}

/** By event word, the positions of the expectations that it may matter to. Failures matter in any case. */
function listeningIn(expectations: readonly Expectation[]): Readonly<Record<string, readonly number[]>> {
  const listening: Record<string, number[]> = { failed: [], escalated: [] };
  for (const [at, expectation] of expectations.entries())
    for (const word of wordsOf([expectation])) {
      listening[word] ??= [];
      listening[word].push(at);
    }
  return listening;
}

/** What one run says of a share or a utilization. */
function saidBy(world: World, ended: Ended, expectation: Expectation, { memory }: Monitor): number {
  if (expectation.kind === 'utilization') return utilizationOf(ended, world, expectation.of);
  return expectation.kind === 'share' && memory > 0 ? 1 : 0;
}

function scaled(share: number): number {
  return Math.round(share * SCALE);
}

function outcomeText({ over }: Ended): string {
  return over.kind === 'limit' ? `stopped by the limit ${over.limit}` : over.kind;
}

function saw(seen: Map<string, Seen>, text: string, run: number): void {
  const { first, runs } = seen.get(text) ?? { first: run, runs: 0 };
  seen.set(text, { text, runs: runs + 1, first });
}

function frequent(seen: ReadonlyMap<string, Seen>): readonly Seen[] {
  return [...seen.values()].sort((a, b) => b.runs - a.runs || a.first - b.first || (a.text < b.text ? -1 : 1));
}

function sorted(numbers: readonly number[]): readonly number[] {
  return [...Float64Array.from(numbers).sort()];
}

/** Joins the samples of different runs: it comes to the same in whatever order. */
export function joined(parts: readonly Sample[]): Sample {
  const [first] = parts;
  return {
    runs: parts.reduce((sum, { runs }) => sum + runs, 0),
    events: parts.reduce((sum, { events }) => sum + events, 0),
    outcomes: seenIn(parts.flatMap(({ outcomes }) => outcomes)),
    times: sorted(parts.flatMap(({ times }) => times)),
    costs: sorted(parts.flatMap(({ costs }) => costs)),
    tallies: first!.tallies.map((_, at) => parts.map(({ tallies }) => tallies[at]!).reduce(together)),
    used: first!.used.map((_, at) => parts.reduce((sum, { used }) => sum + used[at]!, 0)),
    chains: seenIn(parts.flatMap(({ chains }) => chains)),
  };
}

function seenIn(all: readonly Seen[]): readonly Seen[] {
  const seen = new Map<string, Seen>();
  for (const { text, runs, first } of all) {
    const known = seen.get(text) ?? { runs: 0, first };
    seen.set(text, { text, runs: known.runs + runs, first: Math.min(known.first, first) });
  }
  return frequent(seen);
}

function together(one: Tally, other: Tally): Tally {
  const shortest = shorter(one.shortest, other.shortest);
  return {
    kept: one.kept + other.kept,
    broken: one.broken + other.broken,
    open: one.open + other.open,
    sum: one.sum + other.sum,
    squares: one.squares + other.squares,
    ...(shortest ? { shortest } : {}),
  };
}

function shorter(one: Tally['shortest'], other: Tally['shortest']): Tally['shortest'] {
  if (!one || !other) return one ?? other;
  return other.events < one.events || (other.events === one.events && other.run < one.run) ? other : one;
}
