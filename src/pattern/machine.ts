/**
 * A deterministic automaton that is made while it is walked. States and outcomes are small numbers, characters are classes
 * of one alphabet.
 */
export interface Machine {
  readonly start: number;
  /** The state after one more character. */
  step(state: number, char: number): number;
  /** The classes whose characters matter in a state, ascending; all others lead to the same state. */
  relevant(state: number): readonly number[];
  /** What the machine says of an argument that ends here. */
  outcome(state: number): number;
  /** Whether every text that goes on from here has the outcome of this state. */
  settled(state: number): boolean;
}
