import { chainsOf } from './chains.ts';
import type { SimEvent } from './event.ts';
import { judge, utilizationOf, type Verdict } from './expectations.ts';
import { seededMind } from './minds/seeded.ts';
import { wordsOf } from './monitor.ts';
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
  const tallies = world.scenario.expectations.map(() => NONE);
  const listener = new Heard(world);
  let count = 0;
  for (let run = from; run <= to; run++) {
    listener.events.length = 0;
    const ended = follow(world, seededMind(seed, run), listener);
    count += ended.count;
    saw(outcomes, outcomeText(ended), run);
    for (const text of chainsOf(listener.events, ended.state)) saw(chains, text, run);
    times.push(ended.state.now);
    costs.push(ended.state.cost);
    for (const [at, role] of world.roles.entries())
      if (ended.state.stations[at]!.worked > 0) used[at]! += scaled(utilizationOf(ended, world, [role]));
    for (const [at, verdict] of judge(world, { ...ended, events: listener.events }).entries())
      tallies[at] = tallied(tallies[at]!, verdict, run, ended.count);
  }
  return {
    runs: to - from + 1,
    events: count,
    outcomes: frequent(outcomes),
    times: times.sort((a, b) => a - b),
    costs: costs.sort((a, b) => a - b),
    tallies,
    used,
    chains: frequent(chains),
  };
}

const NONE: Tally = { kept: 0, broken: 0, open: 0, sum: 0, squares: 0 };

/** Hears no more than the expectations and the chains of failures need. */
class Heard implements Listener {
  readonly events: SimEvent[] = [];
  readonly #words: ReadonlySet<string>;

  constructor({ scenario }: World) {
    this.#words = new Set([...wordsOf(scenario.expectations), 'failed', 'escalated']);
  }

  hears(type: SimEvent['type']): boolean {
    return this.#words.has(type);
  }

  tell(event: SimEvent): void {
    this.events.push(event);
  }
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

function tallied(tally: Tally, { status, value = 0 }: Verdict, run: number, events: number): Tally {
  const shorter = status === 'broken' && events < (tally.shortest?.events ?? Number.POSITIVE_INFINITY);
  return {
    ...tally,
    [status]: tally[status] + 1,
    sum: tally.sum + scaled(value),
    squares: tally.squares + scaled(value * value),
    ...(shorter ? { shortest: { run, events } } : {}),
  };
}

function frequent(seen: ReadonlyMap<string, Seen>): readonly Seen[] {
  return [...seen.values()].sort((a, b) => b.runs - a.runs || a.first - b.first || (a.text < b.text ? -1 : 1));
}

/** Joins the samples of different runs: it comes to the same in whatever order. */
export function joined(parts: readonly Sample[]): Sample {
  const numbers = (list: (part: Sample) => readonly number[]): readonly number[] =>
    parts.flatMap(list).sort((a, b) => a - b);
  const first = parts[0]!;
  return {
    runs: parts.reduce((sum, { runs }) => sum + runs, 0),
    events: parts.reduce((sum, { events }) => sum + events, 0),
    outcomes: seenIn(parts.flatMap(({ outcomes }) => outcomes)),
    times: numbers(({ times }) => times),
    costs: numbers(({ costs }) => costs),
    tallies: first.tallies.map((_, at) => parts.map(({ tallies }) => tallies[at]!).reduce(together)),
    used: first.used.map((_, at) => parts.reduce((sum, { used }) => sum + used[at]!, 0)),
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
