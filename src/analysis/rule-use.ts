import type { Domain } from '../pattern/domain.ts';
import { type Liveness, liveness } from '../pattern/liveness.ts';
import type { Decision, PatternRule, RuleList } from '../pattern/policy.ts';
import { TOOLS, type Tool } from '../team/tools.ts';
import { overlap } from './overlap.ts';
import { lastMatches, plainUse } from './plain-use.ts';

/**
 * What a rule is good for in a list. `dead`: others always decide in its place. `redundant`: what lies under it would decide the same.
 * `unmatched`: it matches nothing plausible. The others are positions in the list.
 */
export type Use =
  | { readonly status: 'live' | 'unmatched' | 'undecided' }
  | { readonly status: 'dead' | 'redundant'; readonly others: readonly number[] };

/** How many more lists may turn out to be too intricate before no more are tried. */
export interface Patience {
  left: number;
}

/** Patience for the questions about one team: at worst some seconds. */
export function freshPatience(): Patience {
  return { left: 10 };
}

/** Says what one rule of a list is good for: at once where a plain example or the letters show it, else by the automata. */
export function useOf(
  rules: readonly PatternRule[],
  at: number,
  otherwise: Decision,
  tool: Tool,
  patience: Patience,
): Use {
  const rule = rules[at]!;
  const touching = rules.flatMap((other, position) => {
    const found = overlap(other.dialect, other.pattern, rule.pattern);
    return found === 'apart' ? [] : [{ position, covers: found === 'covers', decision: other.decision }];
  });
  const above = touching.filter(({ position }) => position > at);
  const cover = above.findLast(({ covers }) => covers);
  if (cover) return { status: 'dead', others: [cover.position] };
  const base = touching.findLastIndex(({ position, covers }) => position < at && covers);
  const under = touching.slice(Math.max(0, base)).filter(({ position }) => position < at);
  const fallen = base === -1 ? [otherwise] : [];
  const isSame = [...under.map(({ decision }) => decision), ...fallen].every((one) => one === rule.decision);
  const same = base === -1 ? under : under.slice(0, 1);
  const redundant: Use = { status: 'redundant', others: same.map(({ position }) => position) };
  if (isSame && above.length === 0) return redundant;
  const positions = [...under, { position: at }, ...above].map(({ position }) => position);
  const list = { rules: positions.map((position) => rules[position]!), otherwise };
  const plain = plainUse(list.rules, under.length, otherwise);
  if (plain === 'live') return { status: 'live' };
  if (plain === 'decides' && isSame) return redundant;
  if (typeof plain === 'object') return { ...plain, others: plain.others.map((other) => positions[other]!) };
  return exactly(list, { positions, at, tool }, patience);
}

interface Question {
  readonly positions: readonly number[];
  readonly at: number;
  readonly tool: Tool;
}

function exactly(list: RuleList, { positions, at, tool }: Question, patience: Patience): Use {
  const dialect = TOOLS[tool];
  const domains: readonly Domain[] = dialect === 'path' ? ['path', 'outside-path'] : [dialect];
  const own = positions.indexOf(at);
  const shadows = new Set<number>();
  let witness: string | undefined;
  for (const domain of domains) {
    const found = attempt(list, own, domain, patience);
    if (found.status === 'live' || found.status === 'undecided') return { status: found.status };
    if (found.status === 'dead') for (const shadow of found.shadowedBy) shadows.add(positions[shadow]!);
    else witness ??= found.witness;
  }
  if (witness !== undefined) return { status: 'redundant', others: under(list.rules, witness, positions) };
  return shadows.size > 0 ? { status: 'dead', others: [...shadows] } : { status: 'unmatched' };
}

/** The rule under the one that decides an argument. */
function under(rules: readonly PatternRule[], argument: string, positions: readonly number[]): readonly number[] {
  return lastMatches(rules, argument)
    .slice(1)
    .map((second) => positions[second]!);
}

const known = new Map<string, readonly Liveness[]>();
const MOST_KEPT = 2000;

function attempt(list: RuleList, own: number, domain: Domain, patience: Patience): Liveness {
  const key = JSON.stringify([domain, list]);
  const found = known.get(key) ?? (patience.left > 0 ? liveness(list, domain, BUDGET) : undefined);
  if (!found) return { status: 'undecided' };
  if (!known.has(key)) {
    if (found.some(({ status }) => status === 'undecided')) patience.left -= 1;
    if (known.size >= MOST_KEPT) known.clear();
    known.set(key, found);
  }
  return found[own]!;
}

/** A rule's own search may take so many steps of the automata. */
const BUDGET = 2_000_000;
