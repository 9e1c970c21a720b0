import type { Range } from './document.ts';
import type { Cut } from './removal.ts';

/** The parts of one text that are to be replaced, none of which overlaps another. */
export class Patch {
  /** The text as it was. */
  readonly before: string;
  /** In the order of the text; of several insertions at one place the first comes first. */
  readonly #cuts: Cut[] = [];
  /** How many members lists and maps lose, by where they begin. */
  readonly #lost = new Map<number, number>();

  constructor(text: string) {
    this.before = text;
  }

  /** Whether a replacement is there already. */
  has(cut: Cut): boolean {
    const at = this.#after(cut.range);
    for (let index = at - 1; index >= 0 && isEqual(this.#cuts[index]!.range, cut.range); index--)
      if (this.#cuts[index]!.text === cut.text) return true;
    return false;
  }

  /**
   * Whether nothing that is replaced already overlaps a replacement; ranges that only touch do not. The last member of a
   * list goes alone, as something has to stay in its place.
   */
  isFree({ range, loses }: Cut): boolean {
    const lost = loses ? (this.#lost.get(loses.start) ?? 0) : 0;
    if (loses && lost > 0 && lost + 1 === loses.size) return false;
    const at = this.#after(range);
    return ![this.#cuts[at - 1], this.#cuts[at]].some((other) => other && overlap(other.range, range));
  }

  /** Whether something else is inserted at a place already. */
  isInsertedAt(range: Range): boolean {
    const before = this.#cuts[this.#after(range) - 1];
    return range[0] === range[1] && before !== undefined && isEqual(before.range, range);
  }

  /** Takes a replacement in whose place is free. */
  add(cut: Cut): void {
    this.#cuts.splice(this.#after(cut.range), 0, cut);
    if (cut.loses) this.#lost.set(cut.loses.start, (this.#lost.get(cut.loses.start) ?? 0) + 1);
  }

  /** The text with all of them made. */
  text(): string {
    let made = '';
    let at = 0;
    for (const { range, text } of this.#cuts) {
      made += this.before.slice(at, range[0]) + text;
      at = range[1];
    }
    return made + this.before.slice(at);
  }

  /** Where a range belongs among the cuts: behind those that begin before it, or are the same or an insertion there. */
  #after([start, end]: Range): number {
    let low = 0;
    let high = this.#cuts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const [from, to] = this.#cuts[middle]!.range;
      if (from < start || (from === start && to <= end)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isEqual(a: Range, b: Range): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

function overlap(a: Range, b: Range): boolean {
  return a[0] < b[1] && b[0] < a[1];
}
