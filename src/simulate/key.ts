import { type Hash, hashed } from './hash.ts';

/**
 * The beginning or the whole of the name of a choice, with its hash. Keys grow as a tree in which each stands once, so that
 * the runs of a world name and hash each choice only the first time that one of them meets it.
 */
export class Key implements Hash {
  readonly text: string;
  readonly high: number;
  readonly low: number;
  readonly #longer = new Map<string, Key>();

  constructor(text: string, { high, low }: Hash = hashed(text)) {
    this.text = text;
    this.high = high;
    this.low = low;
  }

  /** The key that goes on with some more text. */
  plus(more: string): Key {
    let found = this.#longer.get(more);
    if (!found) {
      found = new Key(this.text + more, hashed(more, this));
      this.#longer.set(more, found);
    }
    return found;
  }
}
