/** Where each state goes with each character, filled in as it is learnt: one growing block, because states are many and small. */
export interface EdgeTable {
  /** The next state, or -1 where it is not known yet. */
  get(state: number, char: number): number;
  set(state: number, char: number, to: number): void;
}

/** An empty table of so many characters a state. */
export function edgeTable(width: number): EdgeTable {
  let block = new Int32Array(width * 16).fill(-1);
  return {
    get(state, char) {
      return block[state * width + char] ?? -1;
    },
    set(state, char, to) {
      const at = state * width + char;
      while (at >= block.length) {
        const larger = new Int32Array(block.length * 2).fill(-1);
        larger.set(block);
        block = larger;
      }
      block[at] = to;
    },
  };
}
