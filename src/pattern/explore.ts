import type { Alphabet } from './alphabet.ts';
import type { Machine } from './machine.ts';
import type { Meter } from './meter.ts';
import { merge } from './product.ts';

/** Where to search: `gate` lets the arguments through whose outcome is `OPEN`, `body` says what is asked of them. */
export interface Search {
  readonly gate: Machine;
  readonly body: Machine;
  readonly alphabet: Alphabet;
  readonly meter: Meter;
}

/** The outcome of a gate that lets an argument through: the rank of allow. */
const OPEN = 2;

const WIDE = 2 ** 26;

/**
 * Finds every outcome of the body among the arguments that the gate lets through, each with its shortest argument and the nicest
 * among those: breadth-first, nicer characters first. Ends early when `found` answers true. Spends from the meter.
 */
export function explore(
  { gate, body, alphabet, meter }: Search,
  found: (outcome: number, argument: string) => boolean,
): void {
  const gates: number[] = [];
  const bodies: number[] = [];
  const from: number[] = [];
  const by: number[] = [];
  const entered = new Set<number>();
  const outcomes = new Set<number>();
  const shut = (state: number): boolean => gate.settled(state) && gate.outcome(state) !== OPEN;

  function enter(gateState: number, bodyState: number, parent: number, char: number): void {
    const key = gateState * WIDE + bodyState;
    if (entered.has(key) || shut(gateState)) return;
    entered.add(key);
    gates.push(gateState);
    bodies.push(bodyState);
    from.push(parent);
    by.push(char);
  }

  function argument(at: number): string {
    const letters: string[] = [];
    for (let here = at; here > 0; here = from[here]!) letters.push(alphabet.sample[by[here]!]!);
    return letters.reverse().join('');
  }

  enter(gate.start, body.start, 0, 0);
  for (let at = 0; at < gates.length; at += 1) {
    const gateState = gates[at]!;
    const bodyState = bodies[at]!;
    const outcome = body.outcome(bodyState);
    if (gate.outcome(gateState) === OPEN && !outcomes.has(outcome)) {
      outcomes.add(outcome);
      if (found(outcome, argument(at))) return;
    }
    if (body.settled(bodyState) && outcomes.has(outcome)) continue;
    const chars = charsToTry(merge(gate.relevant(gateState), body.relevant(bodyState)), alphabet.size);
    meter.spend(4 + chars.length);
    for (const char of chars) enter(gate.step(gateState, char), body.step(bodyState, char), at, char);
  }
}

/** The relevant classes, and the nicest of the others for all of them. */
function charsToTry(relevant: readonly number[], size: number): readonly number[] {
  const gap = relevant.findIndex((char, at) => char !== at);
  const nicest = gap === -1 ? relevant.length : gap;
  return nicest >= size ? relevant : [...relevant.slice(0, nicest), nicest, ...relevant.slice(nicest)];
}

/** The body's outcome for one argument; none where the gate does not let it through. */
export function outcomeOf({ gate, body, alphabet }: Search, argument: string): number | undefined {
  let gateState = gate.start;
  let bodyState = body.start;
  for (let at = 0; at < argument.length; at += 1) {
    if (gate.settled(gateState) && gate.outcome(gateState) !== OPEN) return undefined;
    const char = alphabet.classOf(argument.charCodeAt(at));
    gateState = gate.step(gateState, char);
    if (!body.settled(bodyState)) bodyState = body.step(bodyState, char);
  }
  return gate.outcome(gateState) === OPEN ? body.outcome(bodyState) : undefined;
}
