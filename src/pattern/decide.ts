import { canonical, compile } from './compile.ts';
import { plainMatch } from './plain-match.ts';
import { type Decision, type Dialect, type Policy, type RuleList, rank } from './policy.ts';
import { run } from './program.ts';

/** What a policy says of an argument, and which list and which of its rules said it; no rule where `otherwise` did. */
export interface Ruling {
  readonly decision: Decision;
  readonly list: number;
  readonly rule: number | undefined;
}

/**
 * Whether a pattern matches the whole of an argument. Paths are normalized first, and blanks outside quotes count as one in commands.
 * Throws `UnsupportedPattern` where the pattern has no exact automaton.
 */
export function matches(dialect: Dialect, pattern: string, argument: string): boolean {
  if (dialect === 'path' && beginsOtherwise(pattern, argument)) return false;
  const text = canonical(dialect, argument);
  return plainMatch(dialect, pattern, text) ?? run(compile(dialect, pattern), text);
}

const PLAIN_PATH = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;

const stems = new Map<string, string | undefined>();
const MOST_KEPT = 20_000;

/** Whether the first letters show that a path pattern can't match a plain path, so that no automaton need be made. */
function beginsOtherwise(pattern: string, argument: string): boolean {
  if (!stems.has(pattern)) {
    if (stems.size >= MOST_KEPT) stems.clear();
    const stem = pattern.replace(/[*?].*$/s, '').replace(/\/$/, '');
    stems.set(pattern, PLAIN_PATH.test(stem) ? stem : undefined);
  }
  const stem = stems.get(pattern);
  return stem !== undefined && !argument.startsWith(stem) && PLAIN_PATH.test(argument);
}

/**
 * Decides one call: the strictest ruling of the policy's lists, the first such list where several agree. A policy without
 * lists allows. Of a shell line's parts and redirections knows `decideCommand`, not this.
 * Throws `UnsupportedPattern` as `matches` does.
 */
export function decide(policy: Policy, argument: string): Ruling {
  let strictest: Ruling = { decision: 'allow', list: 0, rule: undefined };
  for (const [list, rules] of policy.lists.entries()) {
    const rule = lastMatch(rules, argument);
    const decision = rule === undefined ? rules.otherwise : rules.rules[rule]!.decision;
    if (list === 0 || rank(decision) < rank(strictest.decision)) strictest = { decision, list, rule };
  }
  return strictest;
}

function lastMatch({ rules }: RuleList, argument: string): number | undefined {
  const found = rules.findLastIndex(({ dialect, pattern }) => matches(dialect, pattern, argument));
  return found === -1 ? undefined : found;
}
