import { compare } from './compare.ts';
import { type Domain, domainList } from './domain.ts';
import { explore } from './explore.ts';
import { type CompiledList, compileList, decisionMachine, type Winner, winnerMachine } from './list-machine.ts';
import { DEFAULT_BUDGET, meter, withinBudget } from './meter.ts';
import { type RuleList, rank } from './policy.ts';
import { strictest } from './product.ts';
import { alphabetFor } from './question.ts';
import { samplesFor } from './samples.ts';
import { surveyOf } from './survey.ts';

/**
 * What a rule is good for. `live`: it decides `witness`, and without it something else would be decided. `redundant`: it decides
 * `witness`, but wherever it decides, what comes next decides the same. `dead`: it never decides; `shadowedBy` are the rules that decide in its
 * place, none where it matches nothing of the domain. `undecided`: the budget ended first.
 */
export type Liveness =
  | { readonly status: 'live' | 'redundant'; readonly witness: string }
  | { readonly status: 'dead'; readonly shadowedBy: readonly number[] }
  | { readonly status: 'undecided' };

/**
 * What each rule of a list is good for, in the list's order. Exact over the whole domain.
 * Throws `UnsupportedPattern` where a pattern has no exact automaton.
 */
export function liveness(list: RuleList, domain: Domain, budget: number = DEFAULT_BUDGET): readonly Liveness[] {
  const compiled = compileList(list);
  const base = domainList(domain);
  const alphabet = alphabetFor([base, compiled]);
  const limit = meter(budget);
  let read: (outcome: number) => Winner = () => ({ rule: undefined, without: 0 });
  const prepare = () => {
    const winners = winnerMachine(compiled, alphabet, limit);
    read = winners.read;
    return { gate: decisionMachine(base, alphabet, limit), body: winners.machine, alphabet, meter: limit };
  };
  const { examples, complete } = surveyOf(prepare, samplesFor(domain, list.rules));
  const wins = [...examples].map(([outcome, witness]) => ({ ...read(outcome), witness }));

  return compiled.ranks.map((decision, rule): Liveness => {
    const own = wins.filter((win) => win.rule === rule);
    const deciding = own.find((win) => win.without !== decision);
    if (deciding) return { status: 'live', witness: deciding.witness };
    if (!complete) return { status: 'undecided' };
    if (own[0]) return { status: 'redundant', witness: own[0].witness };
    const shadowedBy = shadowsOf(rule, compiled, base, budget);
    return shadowedBy ? { status: 'dead', shadowedBy } : { status: 'undecided' };
  });
}

/** The rules above one that decide what it matches. */
function shadowsOf(
  rule: number,
  list: CompiledList,
  base: CompiledList,
  budget: number,
): readonly number[] | undefined {
  const alone: CompiledList = { programs: [list.programs[rule]!], ranks: [rank('allow')], otherwise: rank('deny') };
  const above: CompiledList = { ...list, programs: list.programs.slice(rule + 1), ranks: list.ranks.slice(rule + 1) };
  const alphabet = alphabetFor([base, alone, above]);
  const limit = meter(budget);
  const shadows = new Set<number>();
  const complete = withinBudget(() => {
    const gates = [base, alone].map((one) => decisionMachine(one, alphabet, limit));
    const winners = winnerMachine(above, alphabet, limit);
    const gate = strictest(gates, alphabet.size, limit);
    explore({ gate, body: winners.machine, alphabet, meter: limit }, (outcome) => {
      const winner = winners.read(outcome).rule;
      if (winner !== undefined) shadows.add(rule + 1 + winner);
      return false;
    });
  });
  return complete ? [...shadows].sort((a, b) => a - b) : undefined;
}

/**
 * The same decisions over the domain with fewer rules: dead rules go, and redundant ones as long as the rest is proved equal, until
 * each rule left changes a decision. What the budget leaves undecided stays. Throws as `liveness` does.
 */
export function minimise(list: RuleList, domain: Domain, budget: number = DEFAULT_BUDGET): RuleList {
  for (let larger = list; ; ) {
    const smaller = withoutIdle(larger, domain, budget);
    if (smaller.rules.length === larger.rules.length) return smaller;
    larger = smaller;
  }
}

/** Takes idle rules out: all at once if that can be proved, else one after the other. */
function withoutIdle(list: RuleList, domain: Domain, budget: number): RuleList {
  const states = liveness(list, domain, budget).map(({ status }) => status);
  const only = (kept: ReadonlySet<number>): RuleList => ({
    ...list,
    rules: list.rules.filter((_, at) => kept.has(at)),
  });
  const proved = (kept: ReadonlySet<number>): boolean =>
    compare({ lists: [list] }, { lists: [only(kept)] }, { domain, budget }).verdict === 'equal';

  let kept = new Set([...states.keys()].filter((at) => states[at] !== 'dead'));
  const redundant = [...kept].filter((at) => states[at] === 'redundant');
  const needed = new Set([...kept].filter((at) => states[at] !== 'redundant'));
  if (redundant.length === 0 || proved(needed)) return only(needed);
  for (const at of redundant) {
    const fewer = new Set([...kept].filter((other) => other !== at));
    if (proved(fewer)) kept = fewer;
  }
  return only(kept);
}
