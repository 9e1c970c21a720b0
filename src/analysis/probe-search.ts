import { atoms } from '../pattern/atoms.ts';
import type { Domain } from '../pattern/domain.ts';
import { findCall } from '../pattern/find.ts';
import type { Decision, Policy, RuleList } from '../pattern/policy.ts';
import { TOOLS, type Tool } from '../team/tools.ts';

/** The calls that a question is about: those inside a pattern, and outside some others. */
export interface Probe {
  readonly tool: Tool;
  readonly pattern: string;
  readonly except?: readonly string[];
}

/** What a policy says inside a probe: an argument for each decision that it gives there. */
export type Answer = { readonly [decision in Decision]?: string } & { readonly undecided?: true };

/** How much may be spent on searches that end undecided; those that find their answer are small. */
export interface Purse {
  left: number;
}

/** A purse for the questions about one team: at worst some seconds. */
export function fullPurse(): Purse {
  return { left: 20_000_000 };
}

const JOINT_BUDGET = 5_000_000;
const SINGLE_BUDGET = 1_000_000;

/** What each policy says inside a probe. A few are split together, one after the other where that is too much. */
export function search(policies: readonly Policy[], probe: Probe, purse: Purse): readonly Answer[] {
  const answers: Answer[] = [];
  for (let at = 0; at < policies.length; at += TOGETHER)
    answers.push(...searchTogether(policies.slice(at, at + TOGETHER), probe, purse));
  return answers;
}

/** How many policies are split at once: few share their work, many multiply it. */
const TOGETHER = 4;

function searchTogether(policies: readonly Policy[], probe: Probe, purse: Purse): readonly Answer[] {
  const inside = insideOf(probe);
  const answers = policies.map((): Answer => ({}));
  for (const domain of domainsOf(probe)) {
    const classes = spend(purse, JOINT_BUDGET, (budget) => atoms(policies, domain, budget, [inside]));
    for (const [index, policy] of policies.entries()) {
      const more = classes === 'undecided' ? alone(policy, inside, domain, purse) : pick(classes, index);
      answers[index] = { ...more, ...answers[index] };
    }
  }
  return answers;
}

/** An argument of a probe, if it has any. */
export function exampleOf(probe: Probe, purse: Purse): string | 'none' | 'undecided' {
  let answer: 'none' | 'undecided' = 'none';
  for (const domain of domainsOf(probe)) {
    const lists = [insideOf(probe)];
    const found = spend(purse, JOINT_BUDGET, (budget) => findCall({ lists }, { decisions: ['allow'], domain, budget }));
    if (typeof found === 'object') return found.witness;
    if (found === 'undecided') answer = found;
  }
  return answer;
}

/** The first class for each decision of one policy. */
function pick(
  classes: readonly { readonly witness: string; readonly decisions: readonly Decision[] }[],
  policy: number,
): Answer {
  const answer: { [decision in Decision]?: string } = {};
  for (const { witness, decisions } of classes) answer[decisions[policy]!] ??= witness;
  return answer;
}

function alone({ lists }: Policy, inside: RuleList, domain: Domain, purse: Purse): Answer {
  const answers = (['allow', 'ask'] as const).map((decision): Answer => {
    const found = spend(purse, SINGLE_BUDGET, (budget) =>
      findCall({ lists: [...lists, inside] }, { decisions: [decision], domain, budget }),
    );
    if (found === 'undecided') return { undecided: true };
    return found === 'none' ? {} : { [decision]: found.witness };
  });
  return Object.assign({}, ...answers);
}

/** Searches as long as there is something left to spend. */
function spend<T>(purse: Purse, budget: number, look: (budget: number) => T | 'undecided'): T | 'undecided' {
  if (purse.left <= 0) return 'undecided';
  const found = look(budget);
  if (found === 'undecided') purse.left -= budget;
  return found;
}

/** The arguments of a probe as a list that allows them. */
export function insideOf({ tool, pattern, except = [] }: Probe): RuleList {
  const dialect = TOOLS[tool];
  return {
    rules: [
      { dialect, pattern, decision: 'allow' },
      ...except.map((left) => ({ dialect, pattern: left, decision: 'deny' }) as const),
    ],
    otherwise: 'deny',
  };
}

/** The domains that a probe is about: only `*` alone and patterns that begin outside the project are about paths out of it. */
export function domainsOf({ tool, pattern }: Probe): readonly Domain[] {
  const dialect = TOOLS[tool];
  if (dialect !== 'path') return [dialect];
  if (pattern === '*') return ['path', 'outside-path'];
  return /^(?:\/|~\/|~$|[A-Za-z]:)/.test(pattern) ? ['outside-path'] : ['path'];
}
