/** A file's text, read once and never changed. */
export interface Source {
  /** Path from the working folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A position as people and editors count: the first line is 1, the first column is 1, columns are UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds lines and columns in one text. Building it costs one pass; each look-up is a binary search. */
export class Lines {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  /** The offset at which a line begins. */
  start(line: number): number {
    return this.#starts[line - 1] ?? 0;
  }

  position(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] as number) + 1 };
  }
}
