import type { Domain } from '../pattern/domain.ts';
import { findCall } from '../pattern/find.ts';
import type { Policy } from '../pattern/policy.ts';
import { hasTool, policyOf } from '../team/policy.ts';
import type { Role } from '../team/team.ts';
import { TOOLS, type Tool } from '../team/tools.ts';

/** The plausible arguments of each tool. */
export function domainOf(tool: Tool): Domain {
  const dialect = TOOLS[tool];
  return dialect === 'path' || dialect === 'command' || dialect === 'url' || dialect === 'name' ? dialect : 'any';
}

/** Whether a role can use a tool at all: it has it, and its rules leave some call. When that can't be decided, it can. */
export function usable(role: Role, tool: Tool): boolean {
  return hasTool(role, tool) && (isPlain(role, tool) || leavesSomeCall(policyOf(role, tool), tool));
}

/** Whether no rule speaks of a tool, so that every call of it gets the same answer. */
export function isPlain(role: Role, tool: Tool): boolean {
  const { lists } = policyOf(role, tool);
  return lists.length === 1 && lists[0]!.rules.length === 0;
}

const leavesSomeCall = remembered(
  (policy: Policy, tool: Tool) =>
    endsOpen(policy) || findCall(policy, { decisions: ['allow', 'ask'], domain: domainOf(tool) }) !== 'none',
);

/** Whether the one list there is ends in a rule that does not deny: what it matches is then left. */
function endsOpen({ lists }: Policy): boolean {
  const last = lists.length === 1 ? lists[0]!.rules.at(-1) : undefined;
  return last !== undefined && last.decision !== 'deny';
}

const keys = new WeakMap<Policy, string>();

/** A text that is equal for policies that say the same. */
function keyOf(policy: Policy): string {
  const key = keys.get(policy) ?? JSON.stringify(policy.lists);
  keys.set(policy, key);
  return key;
}

/** The same question asked of equal policies is answered once: roles of a team share most of their rules. */
export function remembered<Rest extends readonly unknown[], Answer>(
  answer: (policy: Policy, ...rest: Rest) => Answer,
): (policy: Policy, ...rest: Rest) => Answer {
  const known = new Map<string, Answer>();
  return (policy, ...rest) => {
    const key = `${keyOf(policy)} ${JSON.stringify(rest)}`;
    if (!known.has(key)) known.set(key, answer(policy, ...rest));
    return known.get(key) as Answer;
  };
}
