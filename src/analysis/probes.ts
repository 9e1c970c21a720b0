import { matches } from '../pattern/decide.ts';
import type { Decision, PatternRule, Policy, RuleList } from '../pattern/policy.ts';
import { policyOf } from '../team/policy.ts';
import type { Role } from '../team/team.ts';
import type { Tool } from '../team/tools.ts';
import { onlyArgument, overlap } from './overlap.ts';
import { plainAnswers, plainExample } from './plain-answer.ts';
import { type Answer, exampleOf, fullPurse, type Probe, type Purse, search } from './probe-search.ts';

export type { Probe } from './probe-search.ts';

/** A call that a role may make. */
export interface FoundCall {
  readonly witness: string;
  readonly decision: 'allow' | 'ask';
}

/** A call that a role may make, `none` as a proof that there is none, or `undecided` where the search was too large. */
export type Found = FoundCall | 'none' | 'undecided';

/** Answers which roles may make which calls. What was found is remembered: many roles share their rules. */
export interface Probes {
  /** An argument of the probe, if it has any. */
  example(probe: Probe): string | 'none' | 'undecided';
  /**
   * What each of some roles may do inside the probe, an allowed call before one that is asked about; unasked: only what is
   * allowed. The roles are looked at together, so ask for all of them at once; of others nothing is known.
   */
  answers(roles: readonly Role[], probe: Probe, unasked: boolean): (role: Role) => Found;
}

/** Prepares the answers for a team. */
export function probesOf(): Probes {
  const purse = fullPurse();
  const policies = policyCache();
  const known = new Map<string, Map<string, Answer>>();
  const examples = new Map<string, ReturnType<Probes['example']>>();
  const example = (probe: Probe): ReturnType<Probes['example']> => {
    const key = JSON.stringify(probe);
    const answer = examples.get(key) ?? plainExample(probe) ?? exampleOf(probe, purse);
    examples.set(key, answer);
    return answer;
  };
  return {
    example,
    answers(roles, probe, unasked) {
      const key = JSON.stringify(probe);
      const found = known.get(key) ?? new Map<string, Answer>();
      known.set(key, found);
      const open = roles.map((role) => policies(role, probe.tool)).filter((policy) => !found.has(policy.key));
      answer(new Map(open.map((policy) => [policy.key, policy])), probe, { example, purse }, found);
      return (role) => foundIn(found.get(policies(role, probe.tool).key)!, unasked);
    },
  };
}

function foundIn(answer: Answer, unasked: boolean): Found {
  if (answer.allow !== undefined) return { witness: answer.allow, decision: 'allow' };
  if (!unasked && answer.ask !== undefined) return { witness: answer.ask, decision: 'ask' };
  return answer.undecided ? 'undecided' : 'none';
}

interface KeyedPolicy extends Policy {
  readonly key: string;
}

/** The policies of roles, with a key that is equal for those that say the same. */
function policyCache(): (role: Role, tool: Tool) => KeyedPolicy {
  const byTool = new Map<Tool, Map<Role, KeyedPolicy>>();
  return (role, tool) => {
    const byRole = byTool.get(tool) ?? new Map<Role, KeyedPolicy>();
    byTool.set(tool, byRole);
    const known = byRole.get(role);
    if (known) return known;
    const { lists } = policyOf(role, tool);
    const policy = { key: JSON.stringify(lists), lists };
    byRole.set(role, policy);
    return policy;
  };
}

/** Answers for some policies: at once where the letters of the rules or examples show it, else by splitting them together. */
function answer(
  policies: ReadonlyMap<string, KeyedPolicy>,
  probe: Probe,
  { example, purse }: Pick<Probes, 'example'> & { readonly purse: Purse },
  found: Map<string, Answer>,
): void {
  const plainly = plainAnswers(probe);
  const intricate = new Map<string, { readonly policy: Policy; readonly keys: string[] }>();
  for (const { key, lists } of policies.values()) {
    const needed = lists.map((list) => neededIn(list, probe.pattern));
    const plain = constantly(constantOf(needed), () => example(probe)) ?? plainly({ lists: needed });
    if (plain) {
      found.set(key, plain);
      continue;
    }
    const content = JSON.stringify(needed);
    const known = intricate.get(content);
    if (known) known.keys.push(key);
    else intricate.set(content, { policy: { lists: needed }, keys: [key] });
  }
  const groups = [...intricate.values()];
  const answers = search(
    groups.map(({ policy }) => policy),
    probe,
    purse,
  );
  for (const [index, { keys }] of groups.entries()) for (const key of keys) found.set(key, answers[index]!);
}

/** The part of a list that can matter inside a pattern: the rules that touch it and are not hidden, down to one that covers it. */
function neededIn({ rules, otherwise }: RuleList, pattern: string): RuleList {
  const kept: RuleList['rules'][number][] = [];
  const isHidden = (rule: PatternRule): boolean =>
    kept.some((above) => overlap(above.dialect, above.pattern, rule.pattern) === 'covers');
  for (let at = rules.length - 1; at >= 0; at--) {
    const rule = rules[at]!;
    const found = overlap(rule.dialect, rule.pattern, pattern);
    if (found === 'covers') return { rules: kept.reverse(), otherwise: rule.decision };
    if (found === 'unclear' && !isHidden(rule) && !isOneBeside(rule, pattern)) kept.push(rule);
  }
  return { rules: kept.reverse(), otherwise };
}

/** Whether a rule is about one argument only, which a pattern does not match. */
function isOneBeside(rule: PatternRule, pattern: string): boolean {
  const only = onlyArgument(rule.dialect, rule.pattern);
  return only !== undefined && !matches(rule.dialect, pattern, only);
}

/** The decision on every argument, where it is the same whatever matches. */
function constantOf(lists: readonly RuleList[]): Decision | undefined {
  const each = lists.map(({ rules, otherwise }) =>
    rules.every(({ decision }) => decision === otherwise) ? otherwise : undefined,
  );
  if (each.includes('deny')) return 'deny';
  if (each.includes(undefined)) return undefined;
  return each.includes('ask') ? 'ask' : 'allow';
}

/** The answer where one decision holds for every argument; nothing where none does. */
function constantly(decision: Decision | undefined, example: () => string | 'none' | 'undecided'): Answer | undefined {
  if (decision === undefined || decision === 'deny') return decision && {};
  const found = example();
  if (found === 'none') return {};
  return found === 'undecided' ? { undecided: true } : { [decision]: found };
}
