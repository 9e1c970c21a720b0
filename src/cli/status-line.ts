import type { Io } from './io.ts';

/** The milliseconds between two looks of a person. */
const PACE = 100;

/** A line on stderr that says how far a long piece of work is, and goes away again. Only a terminal gets it. */
export class StatusLine {
  readonly #io: Io;
  readonly #isShown: boolean;
  #last = 0;
  #isThere = false;

  constructor(io: Io, quiet: boolean) {
    this.#io = io;
    this.#isShown = io.talksToTerminal === true && !quiet;
  }

  show(text: string): void {
    const now = performance.now();
    if (!this.#isShown || now - this.#last < PACE) return;
    this.#last = now;
    this.#isThere = true;
    this.#io.stderr.write(`\r\u001b[K${text.slice(0, (this.#io.columns ?? 80) - 1)}`);
  }

  clear(): void {
    if (this.#isThere) this.#io.stderr.write('\r\u001b[K');
    this.#isThere = false;
  }
}
