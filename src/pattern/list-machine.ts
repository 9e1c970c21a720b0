import type { Alphabet } from './alphabet.ts';
import { compile } from './compile.ts';
import { edgeTable } from './edge-table.ts';
import type { Machine } from './machine.ts';
import type { Meter } from './meter.ts';
import { type RuleList, rank } from './policy.ts';
import type { Program } from './program.ts';

/** A rule list ready to be run: a program and a decision's rank for each rule, in their order. */
export interface CompiledList {
  readonly programs: readonly Program[];
  readonly ranks: readonly number[];
  readonly otherwise: number;
}

/** The automata of a list. Throws `UnsupportedPattern` where a pattern has no exact one. */
export function compileList({ rules, otherwise }: RuleList): CompiledList {
  return {
    programs: rules.map(({ dialect, pattern }) => compile(dialect, pattern)),
    ranks: rules.map(({ decision }) => rank(decision)),
    otherwise: rank(otherwise),
  };
}

/** The positions of a list's rules side by side, a higher rule's after a lower one's. */
interface Field {
  readonly row: readonly (Uint8Array | undefined)[];
  readonly relevant: readonly (readonly number[])[];
  readonly next: readonly (readonly number[])[];
  readonly rule: readonly number[];
  readonly star: readonly boolean[];
  readonly universal: readonly boolean[];
  readonly start: readonly number[];
}

/** The live positions of one rule. For good: it has matched, whatever comes. */
interface Group {
  readonly rule: number;
  readonly positions: readonly number[];
  readonly forGood: boolean;
}

/** How a machine reads the rules that match: how many of them it must know, and what it says then. */
interface Reading {
  /** How many matching rules, from the top, decide the outcome. */
  readonly depth: 1 | 2;
  /** The outcome, given the highest rules that match. */
  outcome(first: number | undefined, second: number | undefined): number;
}

/** The machine whose outcome is the rank of the list's decision. */
export function decisionMachine(list: CompiledList, alphabet: Alphabet, meter: Meter): Machine {
  const outcome = (first: number | undefined): number => (first === undefined ? list.otherwise : list.ranks[first]!);
  return listMachine(list, { depth: 1, outcome }, alphabet, meter);
}

/** What a winner machine says of an argument: the rule that decides it, and the decision if that rule were not there. */
export interface Winner {
  readonly rule: number | undefined;
  readonly without: number;
}

/** The machine whose outcome says which rule wins; `read` turns an outcome back. */
export function winnerMachine(
  list: CompiledList,
  alphabet: Alphabet,
  meter: Meter,
): { readonly machine: Machine; read(outcome: number): Winner } {
  const outcome = (first: number | undefined, second: number | undefined): number =>
    first === undefined ? 0 : (first + 1) * 3 + (second === undefined ? list.otherwise : list.ranks[second]!);
  return {
    machine: listMachine(list, { depth: 2, outcome }, alphabet, meter),
    read: (of) =>
      of < 3 ? { rule: undefined, without: list.otherwise } : { rule: Math.floor(of / 3) - 1, without: of % 3 },
  };
}

function listMachine(list: CompiledList, reading: Reading, alphabet: Alphabet, meter: Meter): Machine {
  const field = layOut(list, alphabet);
  const positions: (readonly number[])[] = [];
  const outcomes: number[] = [];
  const settled: boolean[] = [];
  const relevant: (readonly number[] | undefined)[] = [];
  const edges = edgeTable(alphabet.size + 1);
  const numbers = new Map<string, number>();
  const stamps = new Int32Array(field.rule.length).fill(-1);
  let stamp = 0;

  const start = enter([...field.start]);

  function enter(live: number[]): number {
    const groups = reduce(sortNearlySorted(live), field, list, reading);
    const kept = groups.flatMap((group) => group.positions);
    const key = keyOf(kept);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    meter.spend(alphabet.size + 2 * kept.length);
    numbers.set(key, positions.length);
    outcomes.push(outcomeOf(kept, field, reading));
    settled.push(groups.every((group) => group.forGood));
    return positions.push(kept) - 1;
  }

  function advance(state: number, char: number): number {
    const live: number[] = [];
    stamp += 1;
    for (const at of positions[state]!) {
      if (!field.row[at]?.[char]) continue;
      for (const to of field.next[at]!) {
        if (stamps[to] === stamp) continue;
        stamps[to] = stamp;
        live.push(to);
      }
    }
    meter.spend(positions[state]!.length + live.length);
    return enter(live);
  }

  const relevantIn = (state: number): readonly number[] => {
    relevant[state] ??= [...new Set(positions[state]!.flatMap((at) => field.relevant[at]!))].sort(ascending);
    return relevant[state];
  };

  return {
    start,
    step(state, char) {
      const known = edges.get(state, char);
      if (known >= 0) return known;
      const slot = relevantIn(state).includes(char) ? char : alphabet.size;
      const shared = edges.get(state, slot);
      const to = shared >= 0 ? shared : advance(state, char);
      edges.set(state, slot, to);
      edges.set(state, char, to);
      return to;
    },
    relevant: relevantIn,
    outcome: (state) => outcomes[state]!,
    settled: (state) => settled[state]!,
  };
}

function layOut(list: CompiledList, alphabet: Alphabet): Field {
  const row: (Uint8Array | undefined)[] = [];
  const relevant: (readonly number[])[] = [];
  const next: (readonly number[])[] = [];
  const rule: number[] = [];
  const star: boolean[] = [];
  const universal: boolean[] = [];
  const start: number[] = [];
  for (const [number, program] of list.programs.entries()) {
    const offset = row.length;
    start.push(...program.start.map((at) => at + offset));
    for (const [at, set] of program.sets.entries()) {
      row.push(alphabet.row(set));
      relevant.push(alphabet.relevant(set));
      next.push(program.next[at]!.map((to) => to + offset));
      rule.push(number);
      star.push(program.star[at]!);
      universal.push(program.universal[at]!);
    }
    row.push(undefined);
    relevant.push([]);
    next.push([]);
    rule.push(number);
    star.push(false);
    universal.push(false);
  }
  return { row, relevant, next, rule, star, universal, start };
}

/**
 * The exact reductions that keep states few. Within a rule, what lies before its furthest star adds nothing. Below the rules that
 * have matched for good (one, or two where the runner-up counts too), no rule matters; nor, where only the decision counts, do the
 * rules directly above that floor that decide the same.
 */
function reduce(live: readonly number[], field: Field, list: CompiledList, { depth }: Reading): Group[] {
  const groups: Group[] = [];
  let forGood = 0;
  for (let end = live.length; end > 0 && forGood < depth; ) {
    let begin = end - 1;
    while (begin > 0 && field.rule[live[begin - 1]!] === field.rule[live[end - 1]!]) begin -= 1;
    const group = groupOf(live.slice(begin, end), field);
    if (group.forGood) forGood += 1;
    groups.push(group);
    end = begin;
  }
  if (depth === 1) dropAboveFloor(groups, list);
  return groups.reverse();
}

function groupOf(live: readonly number[], field: Field): Group {
  const rule = field.rule[live[0]!]!;
  const last = live.at(-1)!;
  const takesAll = field.row[last] === undefined ? live.find((at) => field.universal[at]) : undefined;
  if (takesAll !== undefined) return { rule, positions: [takesAll, last], forGood: true };
  const star = live.findLastIndex((at) => field.star[at]);
  return { rule, positions: star > 0 ? live.slice(star) : live, forGood: false };
}

/** Takes the lowest groups away as long as they decide what would be decided without them. */
function dropAboveFloor(groups: Group[], list: CompiledList): void {
  const lowest = groups.at(-1);
  const base = lowest?.forGood && list.ranks[lowest.rule] !== list.otherwise ? groups.pop() : undefined;
  const floor = base ? list.ranks[base.rule]! : list.otherwise;
  while (groups.length > 0 && list.ranks[groups.at(-1)!.rule] === floor) groups.pop();
  if (base) groups.push(base);
}

function outcomeOf(positions: readonly number[], field: Field, reading: Reading): number {
  const accepted = positions.filter((at) => field.row[at] === undefined).map((at) => field.rule[at]!);
  return reading.outcome(accepted.at(-1), accepted.at(-2));
}

/** A text that only these positions have. */
function keyOf(positions: readonly number[]): string {
  let key = '';
  for (const at of positions) key += String.fromCharCode(at & 0x7fff, at >> 15);
  return key;
}

/** Sorts in place by insertion: the positions after sorted positions are almost sorted. */
function sortNearlySorted(numbers: number[]): number[] {
  for (let at = 1; at < numbers.length; at += 1) {
    const moved = numbers[at]!;
    let to = at;
    for (; to > 0 && numbers[to - 1]! > moved; to -= 1) numbers[to] = numbers[to - 1]!;
    numbers[to] = moved;
  }
  return numbers;
}

const ascending = (a: number, b: number): number => a - b;
