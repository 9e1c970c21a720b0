import { decide, matches } from '../pattern/decide.ts';
import type { Domain } from '../pattern/domain.ts';
import { UnsupportedPattern } from '../pattern/expression.ts';
import { findCall } from '../pattern/find.ts';
import type { Decision } from '../pattern/policy.ts';
import type { ToolPolicy } from '../team/policy.ts';
import { TOOLS, type Tool } from '../team/tools.ts';
import { isPlainlyDenied } from './plainly-denied.ts';

/** A call that is not denied, `none` as a proof that there is none, or `undecided` where the search was too large. */
export type Permitted = { readonly witness: string; readonly decision: Decision } | 'none' | 'undecided';

/** Looks for permitted calls, and remembers the answers: many roles share their rules. */
export function permittedCalls(): (policy: ToolPolicy, pattern: string) => Permitted {
  const known = new Map<string, Permitted>();
  return (policy, pattern) => {
    if (isPlainlyDenied(policy, TOOLS[policy.tool], pattern)) return 'none';
    const key = JSON.stringify([policy.tool, pattern, policy.lists]);
    const answer = known.get(key) ?? search(policy, pattern);
    known.set(key, answer);
    return answer;
  };
}

/** A file or a folder by its name, and all that lies in it: what such a pattern spells out it matches. */
const SPELLED_OUT = /^(?:[\w-][\w.-]*\/)*(?:[\w-][\w.-]*|\*\*?)$/;

/**
 * A quick proof that a policy permits some argument: one that the pattern or a rule of the policy spells out. `false`
 * proves nothing.
 */
export function isPlainlyPermitted(policy: ToolPolicy, pattern: string): boolean {
  const dialect = TOOLS[policy.tool];
  try {
    if (dialect === 'path' && SPELLED_OUT.test(pattern))
      if (decide(policy, pattern.replace(/\*+$/, 'x')).decision !== 'deny') return true;
    return policy.lists
      .flatMap(({ rules }) => rules)
      .filter(({ decision }) => decision !== 'deny')
      .map((rule) => rule.pattern.replaceAll(/\*+/g, 'x'))
      .some((argument) => matches(dialect, pattern, argument) && decide(policy, argument).decision !== 'deny');
  } catch (error) {
    if (!(error instanceof UnsupportedPattern)) throw error;
    return false;
  }
}

function search(policy: ToolPolicy, pattern: string): Permitted {
  const within = [{ dialect: TOOLS[policy.tool], pattern }];
  let answer: Permitted = 'none';
  try {
    for (const domain of domainsOf(policy.tool, pattern)) {
      const found = findCall(policy, { within, decisions: ['allow', 'ask'], domain });
      if (typeof found === 'object') return { ...found, decision: decide(policy, found.witness).decision };
      if (found === 'undecided') answer = found;
    }
  } catch (error) {
    if (!(error instanceof UnsupportedPattern)) throw error;
    return 'undecided';
  }
  return answer;
}

/** Only `*` alone and patterns that begin outside the project are about paths out of it. */
function domainsOf(tool: Tool, pattern: string): readonly Domain[] {
  const dialect = TOOLS[tool];
  if (dialect !== 'path') return [dialect];
  return pattern === '*' || /^(?:\/|~)/.test(pattern) ? ['path', 'outside-path'] : ['path'];
}
