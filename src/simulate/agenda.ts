/** Something that is due at a time, in milliseconds since the request. Of two at one time the earlier noted goes first. */
export interface Due {
  readonly at: number;
  readonly order: number;
}

/**
 * What is still to happen: a binary heap, and beside it a queue of what is due at the very time of the last thing taken.
 * Most things are, and whatever else is due then was noted before them.
 */
export class Agenda<T extends Due> {
  readonly #heap: T[];
  readonly #ready: T[];
  #now: number;
  /** The ready ones stand from here, up to there; what else the list holds is past. */
  #from = 0;
  #to: number;

  constructor(now = 0, heap: T[] = [], ready: T[] = []) {
    this.#now = now;
    this.#heap = heap;
    this.#ready = ready;
    this.#to = ready.length;
  }

  /** What is due next; nothing where nothing is left to happen. */
  get first(): T | undefined {
    return this.#isHeapFirst() ? this.#heap[0] : this.#ready[this.#from];
  }

  #isHeapFirst(): boolean {
    return this.#from === this.#to || (this.#heap.length > 0 && this.#heap[0]!.at === this.#now);
  }

  /** Everything that is noted, in the order in which it is due. */
  sorted(): readonly T[] {
    const all = [...this.#ready.slice(this.#from, this.#to), ...this.#heap];
    return all.sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }

  /** How many entries are such. */
  count(isSuch: (due: T) => boolean): number {
    let found = 0;
    for (let at = this.#from; at < this.#to; at++) if (isSuch(this.#ready[at]!)) found++;
    for (const due of this.#heap) if (isSuch(due)) found++;
    return found;
  }

  /** The same entries once more, to go another way from here. */
  copy(): Agenda<T> {
    return new Agenda(this.#now, this.#heap.slice(), this.#ready.slice(this.#from, this.#to));
  }

  /** Notes something that is due now or later. */
  add(due: T): void {
    if (due.at === this.#now) this.#ready[this.#to++] = due;
    else rise(this.#heap, due);
  }

  /** Takes what is due next off. There must be something. */
  take(): T {
    const due = this.#isHeapFirst() ? sunk(this.#heap) : this.#ready[this.#from++]!;
    this.#now = due.at;
    if (this.#from === this.#to) this.#from = this.#to = 0;
    return due;
  }
}

function rise<T extends Due>(heap: T[], due: T): void {
  let at = heap.length;
  heap.push(due);
  while (at > 0) {
    const up = (at - 1) >> 1;
    if (!isBefore(due, heap[up]!)) break;
    heap[at] = heap[up]!;
    at = up;
  }
  heap[at] = due;
}

function sunk<T extends Due>(heap: T[]): T {
  const first = heap[0]!;
  const last = heap.pop()!;
  const size = heap.length;
  if (size === 0) return first;
  let at = 0;
  for (let down = 1; down < size; down = 2 * at + 1) {
    if (down + 1 < size && isBefore(heap[down + 1]!, heap[down]!)) down++;
    if (!isBefore(heap[down]!, last)) break;
    heap[at] = heap[down]!;
    at = down;
  }
  heap[at] = last;
  return first;
}

function isBefore(a: Due, b: Due): boolean {
  return a.at !== b.at ? a.at < b.at : a.order < b.order;
}
