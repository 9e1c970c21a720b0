import type { EventWord, Expectation, NumberBound } from '../team/scenario.ts';
import { isWithin } from './conditions.ts';
import type { SimEvent } from './event.ts';
import { isSuch } from './event-pattern.ts';
import type { Over } from './state.ts';

/** Nothing is waited for, or looked out for. */
const NOTHING = -1;

/** What can be said of one run: `open` where a limit stopped it too early, or where one run can't tell. */
export type Status = 'kept' | 'broken' | 'open';

/**
 * Watches a run for one expectation, event by event, in every mode alike. All that it remembers is one number, so that a state of the
 * run can be kept with what its monitors know. Utilization shows only in the last state, and is no matter of events.
 */
export class Monitor {
  readonly expectation: Expectation;
  /** The moment since which it looks out, in milliseconds, or -1; for counts and shares how often it happened, as far as that matters. */
  memory: number;
  /** Whether it was broken, whatever may still come. */
  broken = false;
  /** The events that show what is said, where somebody wants to see them. */
  readonly shown: SimEvent[] | undefined;
  readonly #enough: number;

  constructor(expectation: Expectation, shown?: SimEvent[]) {
    this.expectation = expectation;
    this.shown = shown;
    const isSpan = expectation.kind === 'never' || expectation.kind === 'eventually';
    this.memory = isSpan && expectation.after ? NOTHING : 0;
    this.#enough = expectation.kind === 'count' ? enoughFor(expectation.bounds) : 1;
  }

  /** Takes in the next event of the run. */
  see(event: SimEvent): void {
    const { expectation } = this;
    if (expectation.kind === 'never') this.#never(expectation, event);
    else if (expectation.kind === 'eventually') this.#eventually(expectation, event);
    else if (expectation.kind !== 'utilization' && isSuch(expectation.event, event)) {
      this.memory = Math.min(this.memory + 1, this.#enough);
      this.shown?.push(event);
      if (expectation.kind === 'count' && expectation.bounds.some((bound) => isOver(bound, this.memory)))
        this.broken = true;
    }
  }

  #never({ event: pattern, after, before, within }: Spanned, event: SimEvent): void {
    if (before && isSuch(before, event)) this.memory = NOTHING;
    else if (
      this.memory !== NOTHING &&
      isSuch(pattern, event) &&
      !(event.t - this.memory > (within ?? Number.POSITIVE_INFINITY))
    ) {
      this.broken = true;
      this.shown?.push(event);
    }
    // The latest start reaches furthest, and what lies before it is past.
    if (after && isSuch(after, event)) this.memory = event.t;
  }

  #eventually({ event: pattern, after, before, within }: Spanned, event: SimEvent): void {
    if (this.memory !== NOTHING && event.t - this.memory > (within ?? Number.POSITIVE_INFINITY)) this.#missed();
    if (before && isSuch(before, event)) {
      if (this.memory !== NOTHING) this.#missed();
    } else if (this.memory !== NOTHING && isSuch(pattern, event)) {
      this.memory = NOTHING;
      this.shown?.push(event);
    }
    // Of several that wait the first is the most urgent, and what comes serves them all.
    if (after && this.memory === NOTHING && isSuch(after, event)) this.memory = event.t;
  }

  #missed(): void {
    this.broken = true;
    this.memory = NOTHING;
  }

  /** What it says of a run that ended, or was stopped, at a time in milliseconds. */
  status({ kind }: Over, now: number): Status {
    const { expectation, memory } = this;
    if (this.broken) return 'broken';
    if (expectation.kind === 'share' || expectation.kind === 'utilization') return 'open';
    const kept =
      expectation.kind === 'count'
        ? expectation.bounds.every(([name, bound]) => isWithin(memory, name, bound))
        : expectation.kind === 'never' || memory === NOTHING;
    if (kept) return 'kept';
    const late = expectation.kind === 'eventually' && now - memory > (expectation.within ?? Number.POSITIVE_INFINITY);
    return kind === 'limit' && !late ? 'open' : 'broken';
  }

  /** What it remembers, without when: two states in which it says the same go on in the same way. */
  recollection(now: number): number {
    const { expectation, memory } = this;
    if (expectation.kind === 'count') return memory;
    if (expectation.kind === 'share' || expectation.kind === 'utilization') return 0;
    if (memory === NOTHING) return NOTHING;
    if (expectation.within === undefined) return 0;
    const past = now - memory;
    return expectation.kind === 'never' && past > expectation.within ? NOTHING : past;
  }
}

type Spanned = Extract<Expectation, { kind: 'never' | 'eventually' }>;

/** The words of all events that any of some expectations speaks of. */
export function wordsOf(expectations: readonly Expectation[]): ReadonlySet<EventWord> {
  const patterns = expectations.flatMap((each) => {
    if (each.kind === 'utilization') return [];
    return each.kind === 'share' || each.kind === 'count' ? [each.event] : [each.event, each.after, each.before];
  });
  const words = patterns.flatMap((pattern) => pattern?.word ?? []);
  // A call that is denied is not made: it shows as its refusal.
  return new Set([...words, ...(words.includes('called') ? (['refused'] as const) : [])]);
}

/** From this count on, one more changes nothing. */
function enoughFor(bounds: readonly NumberBound[]): number {
  return Math.floor(Math.max(0, ...bounds.map(([, bound]) => bound))) + 1;
}

/** Whether a count is past a bound for good. */
function isOver([name, bound]: NumberBound, count: number): boolean {
  return (name === 'at-most' || name === 'below') && !isWithin(count, name, bound);
}
