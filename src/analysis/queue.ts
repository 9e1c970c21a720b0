/**
 * The probability that a task finds all slots taken and waits: Erlang's C formula for M/M/c, by way of his B formula, whose
 * recursion stays exact for many slots. `load` is the part of the slots that is busy, below 1.
 *
 * A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic telephone
 * exchanges" (1917); in today's words L. Kleinrock, Queueing Systems 1 (1975), section 3.5.
 */
export function erlangC(slots: number, load: number): number {
  const offered = slots * load;
  let blocked = 1;
  for (let slot = 1; slot <= slots; slot++) blocked = (offered * blocked) / (slot + offered * blocked);
  return blocked / (1 - load * (1 - blocked));
}

/** How long a task takes from its arrival to its end on average, waiting included, in the unit of `service`. */
export function sojourn(service: number, slots: number, load: number): number {
  return service * (1 + erlangC(slots, load) / (slots * (1 - load)));
}

/** The load, below 1, from which on a task takes longer than a bound on average; 0 where it always does. */
export function loadThatKeeps(bound: number, service: number, slots: number): number {
  if (service >= bound) return 0;
  const many = Math.min(slots, MOST_SLOTS);
  let [low, high] = [0, 1];
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2;
    if (sojourn(service, many, middle) <= bound) low = middle;
    else high = middle;
  }
  return low;
}

/** With more slots than this nothing waits that could make a difference. */
const MOST_SLOTS = 1000;
