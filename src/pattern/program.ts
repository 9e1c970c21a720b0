import { ANY, type CharSet, has } from './charset.ts';

/**
 * A pattern as an automaton without empty moves (Glushkov's): each position takes one character of its set and goes
 * on to the positions after it. The position past the last, `accept`, takes none: the text is matched.
 */
export interface Program {
  readonly sets: readonly CharSet[];
  readonly next: readonly (readonly number[])[];
  readonly start: readonly number[];
  readonly accept: number;
  /** Positions that every match from an earlier position comes through and that take any text: once one is live, the earlier ones add nothing. */
  readonly star: readonly boolean[];
  /** Positions that take any text to the end: live together with `accept`, the pattern has matched for good. */
  readonly universal: readonly boolean[];
}

/** A program in the making: positions in reading order, `next` may name positions that lead nowhere. */
export interface Draft {
  readonly sets: readonly CharSet[];
  readonly next: readonly (readonly number[])[];
  readonly start: readonly number[];
  readonly star: readonly boolean[];
}

/** Finishes a draft: drops the positions from which no match can be reached, and numbers the rest anew. */
export function seal(draft: Draft): Program {
  const useful = leadingToAccept(draft);
  const renumbered = new Map<number, number>();
  for (let at = 0; at <= draft.sets.length; at += 1) if (useful[at]) renumbered.set(at, renumbered.size);
  const kept = [...renumbered.keys()].filter((at) => at < draft.sets.length);
  const rename = (targets: readonly number[]): number[] =>
    targets.flatMap((at) => renumbered.get(at) ?? []).sort((a, b) => a - b);
  const next = kept.map((at) => rename(draft.next[at]!));
  const accept = kept.length;
  const sets = kept.map((at) => draft.sets[at]!);
  return {
    sets,
    next,
    start: rename(draft.start),
    accept,
    star: kept.map((at) => draft.star[at]!),
    universal: sets.map((set, at) => set === ANY && next[at]!.includes(at) && next[at]!.includes(accept)),
  };
}

function leadingToAccept(draft: Draft): readonly boolean[] {
  const accept = draft.sets.length;
  const before: number[][] = Array.from({ length: accept + 1 }, () => []);
  for (const [at, targets] of draft.next.entries()) for (const target of targets) before[target]!.push(at);
  const useful: boolean[] = new Array(accept + 1).fill(false);
  useful[accept] = true;
  const open = [accept];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const earlier of before[at]!) {
      if (useful[earlier] || draft.sets[earlier]!.length === 0) continue;
      useful[earlier] = true;
      open.push(earlier);
    }
  }
  return useful;
}

/** Whether a program matches the whole of a text. Time is at most positions × characters: no pattern makes it slow. */
export function run(program: Program, text: string): boolean {
  const { sets, next, accept } = program;
  const reached = new Int32Array(accept + 1).fill(-1);
  let live: readonly number[] = program.start;
  for (let at = 0; at < text.length && live.length > 0; at += 1) {
    const after: number[] = [];
    const unit = text.charCodeAt(at);
    for (const position of live) {
      if (position === accept || !has(sets[position]!, unit)) continue;
      for (const target of next[position]!) {
        if (reached[target] === at) continue;
        reached[target] = at;
        after.push(target);
      }
    }
    live = after;
  }
  return live.includes(accept);
}
