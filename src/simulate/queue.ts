interface Cell<T> {
  readonly item: T;
  readonly next: Cell<T> | undefined;
}

/** Those who wait, in order. It is never changed: joining and leaving make a new queue, in constant time on the average. */
export class Queue<T> {
  readonly length: number;
  readonly #front: Cell<T> | undefined;
  /** The later ones, the last of them first. */
  readonly #back: Cell<T> | undefined;

  private constructor(length: number, front: Cell<T> | undefined, back: Cell<T> | undefined) {
    this.length = length;
    this.#front = front;
    this.#back = back;
  }

  /** A queue in which nobody waits. */
  static empty<T>(): Queue<T> {
    return new Queue<T>(0, undefined, undefined);
  }

  /** Who is next; nothing where nobody waits. */
  get first(): T | undefined {
    return this.#front?.item;
  }

  /** The queue with one more at its end. */
  with(item: T): Queue<T> {
    return this.#front
      ? new Queue(this.length + 1, this.#front, { item, next: this.#back })
      : new Queue(1, { item, next: undefined }, undefined);
  }

  /** The queue without the first. */
  rest(): Queue<T> {
    if (!this.#front) return this;
    const { next } = this.#front;
    return next
      ? new Queue(this.length - 1, next, this.#back)
      : new Queue(this.length - 1, reversed(this.#back), undefined);
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let cell = this.#front; cell; cell = cell.next) yield cell.item;
    for (let cell = reversed(this.#back); cell; cell = cell.next) yield cell.item;
  }
}

function reversed<T>(cells: Cell<T> | undefined): Cell<T> | undefined {
  let turned: Cell<T> | undefined;
  for (let cell = cells; cell; cell = cell.next) turned = { item: cell.item, next: turned };
  return turned;
}
