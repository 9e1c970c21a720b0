import type { Duty } from './duty.ts';
import { Key } from './key.ts';

/** What a task is called, with the keys of what is chosen about it: the same one in all runs of a world. */
export class Name {
  readonly text: string;
  /** Begins the keys of choices about the task. */
  readonly key: Key;
  /** What was compiled for those who had a task of this name. */
  readonly duties: Duty[] = [];
  readonly #tries: Key[] = [];
  readonly #parts = new Map<string, Name>();
  readonly #all: Map<string, Name>;

  constructor(text: string, all = new Map<string, Name>()) {
    this.text = text;
    this.key = new Key(`task:${text}`);
    this.#all = all.set(text, this);
  }

  /** The name of a part. Parts of the request stand for themselves; others begin with the name of their whole. */
  part(id: string, isTop: boolean): Name {
    let found = this.#parts.get(id);
    if (!found) {
      found = this.#named(isTop ? id : `${this.text}/${id}`);
      this.#parts.set(id, found);
    }
    return found;
  }

  /** The name of the task that would have this one if it were the first. */
  numbered(count: number): Name {
    return this.#named(`${this.text}#${count}`);
  }

  /** Begins the keys of choices about one attempt. */
  attempt(number: number): Key {
    this.#tries[number] ??= this.key.plus(`/try:${number}`);
    return this.#tries[number];
  }

  #named(text: string): Name {
    return this.#all.get(text) ?? new Name(text, this.#all);
  }
}
