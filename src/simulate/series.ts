import { joined, type Sample, SCALE } from './sample.ts';
import { sequentially } from './sequential.ts';
import { wilson } from './statistics.ts';
import type { World } from './world.ts';

/** How many runs are asked for at a time; whether there are enough is looked at after each so many, whoever played them. */
export const BLOCK = 250;

/** The runs from one to another, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Many runs on their way: blocks are handed out in order, come back in any, and count in order. So what the series comes to does not depend on who plays how fast. */
export class Series {
  readonly #world: World;
  readonly #span: Span;
  /** To how much shares are to be known, as a share; nothing where all runs are wanted. */
  readonly #precision: number | undefined;
  #next: number;
  #waiting = new Map<number, Sample>();
  readonly #counted: Sample[] = [];
  #runs = 0;
  #done = false;
  readonly #outcomes = new Map<string, number>();
  readonly #hits: number[];
  /** By expectation: what the sequential test said first. */
  readonly decided: ('kept' | 'broken' | undefined)[];

  constructor(world: World, span: Span, precision?: number) {
    this.#world = world;
    this.#span = span;
    this.#precision = precision;
    this.#next = span.from;
    this.#hits = world.scenario.expectations.map(() => 0);
    this.decided = world.scenario.expectations.map(() => undefined);
  }

  /** How many runs have counted, of how many at most. */
  get runs(): number {
    return this.#runs;
  }

  get most(): number {
    return this.#span.to - this.#span.from + 1;
  }

  /** Whether no more runs are needed. */
  get isDone(): boolean {
    return this.#done || this.#runs === this.most;
  }

  /** The next runs to play; nothing where none are left or needed. */
  next(): Span | undefined {
    const from = this.#next;
    if (this.isDone || from > this.#span.to) return undefined;
    this.#next += BLOCK;
    return { from, to: Math.min(this.#span.to, from + BLOCK - 1) };
  }

  /** Takes in the runs of a block. */
  add({ from }: Span, sample: Sample): void {
    this.#waiting.set(from, sample);
    for (;;) {
      const at = this.#span.from + this.#runs;
      const block = this.#waiting.get(at);
      if (!block || this.isDone) return;
      this.#waiting.delete(at);
      this.#count(block);
    }
  }

  #count(block: Sample): void {
    this.#counted.push(block);
    this.#runs += block.runs;
    if (this.#precision === undefined) return;
    for (const { text, runs } of block.outcomes) this.#outcomes.set(text, (this.#outcomes.get(text) ?? 0) + runs);
    for (const [at, { sum }] of block.tallies.entries()) this.#hits[at]! += sum / SCALE;
    this.#done = this.#areSharesClear(this.#precision) && this.#areOutcomesKnown(this.#precision);
  }

  #areSharesClear(precision: number): boolean {
    for (const [at, each] of this.#world.scenario.expectations.entries())
      if (each.kind === 'share')
        this.decided[at] ??= sequentially(this.#hits[at]!, this.#runs, each.bounds, precision, each.confidence);
    return this.#world.scenario.expectations.every(({ kind }, at) => kind !== 'share' || this.decided[at]);
  }

  #areOutcomesKnown(precision: number): boolean {
    return [...this.#outcomes.values()].every((hits) => {
      const { low, high } = wilson(hits, this.#runs);
      return high - low <= 2 * precision;
    });
  }

  /** What the runs that counted come to; there must be some. */
  sample(): Sample {
    return joined(this.#counted);
  }
}
