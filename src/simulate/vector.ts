/** How many items stand in one page. */
const PAGE = 32;

/**
 * A list that is never changed: setting or adding an item makes a new list which shares all but one page with the old one.
 * So a state can be kept, compared and gone back to.
 */
export class Vector<T> {
  readonly length: number;
  readonly #pages: readonly (readonly T[])[];

  constructor(pages: readonly (readonly T[])[] = [], length = 0) {
    this.#pages = pages;
    this.length = length;
  }

  /** The item at an index, which must be there. */
  at(index: number): T {
    return this.#pages[Math.floor(index / PAGE)]![index % PAGE]!;
  }

  /** The same list with one item replaced. */
  with(index: number, item: T): Vector<T> {
    const number = Math.floor(index / PAGE);
    const page = this.#pages[number]!.with(index % PAGE, item);
    return new Vector(this.#pages.with(number, page), this.length);
  }

  /** The same list with an item behind the last one. */
  push(item: T): Vector<T> {
    const last = this.#pages.at(-1);
    if (last === undefined || last.length === PAGE) return new Vector([...this.#pages, [item]], this.length + 1);
    return new Vector(this.#pages.with(-1, [...last, item]), this.length + 1);
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const page of this.#pages) yield* page;
  }
}
