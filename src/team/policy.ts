import type { Decision, PatternRule, Policy, RuleList } from '../pattern/policy.ts';
import { type Role, rolesOf } from './team.ts';
import { HARMLESS, TOOLS, type Tool } from './tools.ts';

/** A role's own permission for one tool: what it was granted, and the rules in their order. */
export interface ToolPolicy extends Policy {
  /** For each list and rule, where it was said; nothing for a rule that follows from something else. */
  readonly role: Role;
  readonly tool: Tool;
}

const policies = new WeakMap<Role, Map<Tool, ToolPolicy>>();

/**
 * What a role may do with a tool, as the strictest of two lists: the part of the tool that it has, and its rules.
 * A role that lacks the tool has the one list that denies everything.
 */
export function policyOf(role: Role, tool: Tool): ToolPolicy {
  const byTool = policies.get(role) ?? new Map<Tool, ToolPolicy>();
  policies.set(role, byTool);
  const policy = byTool.get(tool) ?? policyFor(role, tool);
  byTool.set(tool, policy);
  return policy;
}

function policyFor(role: Role, tool: Tool): ToolPolicy {
  const rules = rulesOf(role, tool);
  if (tool === 'delegate') return { role, tool, lists: [delegations(role), rules] };
  const grants = role.grants.filter((grant) => grant.tool === tool);
  if (grants.length === 0) return { role, tool, lists: [{ rules: [], otherwise: 'deny' }] };
  if (grants.some(({ pattern }) => pattern === undefined)) return { role, tool, lists: [rules] };
  const parts = grants.map(({ pattern }): PatternRule => rule(tool, pattern ?? '*', 'allow'));
  return { role, tool, lists: [{ rules: parts, otherwise: 'deny' }, rules] };
}

/** Whether a role has a tool, or a part of it. */
export function hasTool(role: Role, tool: Tool): boolean {
  return tool === 'delegate'
    ? role.edges.some(({ type }) => type === 'delegates-to')
    : role.grants.some((grant) => grant.tool === tool);
}

/** What happens to a call that no rule matches. */
export function defaultDecision(tool: Tool): Decision {
  return HARMLESS.has(tool) ? 'allow' : 'ask';
}

function rulesOf(role: Role, tool: Tool): RuleList {
  return {
    rules: role.rules
      .filter((entry) => entry.tool === tool)
      .map(({ pattern, decision }) => rule(tool, pattern, decision)),
    otherwise: defaultDecision(tool),
  };
}

/** Delegation covers exactly the roles of the edges; over an edge with `approval` it asks, unless another edge needs none. */
function delegations(role: Role): RuleList {
  const edges = role.edges.filter(({ type }) => type === 'delegates-to');
  const asked = edges.filter(({ approval }) => approval !== undefined);
  const free = edges.filter(({ approval }) => approval === undefined);
  const toRules = (list: typeof edges, decision: Decision): readonly PatternRule[] =>
    list.flatMap(({ to }) => rolesOf(to).map(({ id }) => rule('delegate', id, decision)));
  return { rules: [...toRules(asked, 'ask'), ...toRules(free, 'allow')], otherwise: 'deny' };
}

function rule(tool: Tool, pattern: string, decision: Decision): PatternRule {
  return { dialect: TOOLS[tool], pattern, decision };
}
