/** What is remembered of a visit: it was the first, or the first with so few faults; or it adds nothing. */
export type Visit = 'new' | 'better' | 'known';

const FIRST_SIZE = 1 << 12;

/** States that were come to, by 64 bits of their fingerprints, each with the fewest faults on the way there (up to 255). */
export class Visited {
  size = 0;
  #mask = FIRST_SIZE - 1;
  #highs = new Uint32Array(FIRST_SIZE);
  #lows = new Uint32Array(FIRST_SIZE);
  /** One more than the faults; 0 where the slot is free. */
  #faults = new Uint8Array(FIRST_SIZE);

  /** Whether a visit would add nothing. */
  knows(high: number, low: number, faults: number): boolean {
    const before = this.#faults[this.#find(high, low)]!;
    return before !== 0 && before <= Math.min(faults, 254) + 1;
  }

  visit(high: number, low: number, faults: number): Visit {
    const slot = this.#find(high, low);
    const before = this.#faults[slot]!;
    const now = Math.min(faults, 254) + 1;
    if (before !== 0 && before <= now) return 'known';
    this.#faults[slot] = now;
    if (before !== 0) return 'better';
    this.#highs[slot] = high;
    this.#lows[slot] = low;
    this.size++;
    if (this.size * 2 > this.#mask) this.#grow();
    return 'new';
  }

  /** The slot of a fingerprint, or the free one where it belongs. */
  #find(high: number, low: number): number {
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & this.#mask;
    while (this.#faults[slot] !== 0 && (this.#highs[slot] !== high >>> 0 || this.#lows[slot] !== low >>> 0))
      slot = (slot + 1) & this.#mask;
    return slot;
  }

  #grow(): void {
    const [highs, lows, faults] = [this.#highs, this.#lows, this.#faults];
    const size = (this.#mask + 1) * 2;
    this.#mask = size - 1;
    this.#highs = new Uint32Array(size);
    this.#lows = new Uint32Array(size);
    this.#faults = new Uint8Array(size);
    for (let from = 0; from < faults.length; from++) {
      if (faults[from] === 0) continue;
      const slot = this.#find(highs[from]!, lows[from]!);
      this.#highs[slot] = highs[from]!;
      this.#lows[slot] = lows[from]!;
      this.#faults[slot] = faults[from]!;
    }
  }
}
