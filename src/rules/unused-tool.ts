import { isPlainlyPermitted } from '../analysis/permitted.ts';
import type { Grant } from '../team/permissions.ts';
import { hasTool, policyOf } from '../team/policy.ts';
import type { Role } from '../team/team.ts';
import type { Tool } from '../team/tools.ts';
import { below } from '../text/place.ts';
import type { Rule, RuleContext } from './rule.ts';
import { takeOut } from './take-out.ts';
import { startsWithin, written } from './written.ts';

/** Tools and permissions that cancel each other out hide what a role can really do. */
export const unusedTool: Rule = {
  id: 'unused-tool',
  summary: 'A role has a tool that its permissions deny, or permissions for a tool that it lacks.',
  severity: 'warning',
  profile: 'strict',

  check(context) {
    for (const role of context.team.roles.values()) {
      if (!role.own) continue;
      for (const grant of role.grants) reportDead(role, grant, context);
      reportLacking(role, context);
    }
  },
};

/**
 * Tells of a tool that is given and wholly denied. Only what the role itself lists counts: to deny a part of the
 * defaults or of `all` is the way to say "all but".
 */
function reportDead(role: Role, { tool, pattern, at }: Grant, { facts, loaded, report }: RuleContext): void {
  if (!startsWithin(at, role.at) || !role.rules.some((rule) => rule.tool === tool && rule.decision === 'deny')) return;
  const item = written(loaded, at);
  const policy = policyOf(role, tool);
  if (item === 'all' || isPlainlyPermitted(policy, pattern ?? '*')) return;
  if (facts.permitted(policy, pattern ?? '*') !== 'none') return;
  const deny = role.rules.findLast((rule) => rule.tool === tool && rule.decision === 'deny')!;
  const whole = typeof item === 'string' && item !== tool && pattern === undefined;
  report({
    at,
    role: role.id,
    message: `${whole ? `"${item}" gives ${role.id} ${tool}` : `${role.id} has ${item}`}, but its permissions deny every such call.`,
    related: [{ at: deny.at, message: 'denied here, and allowed nowhere after' }],
    help: `Leave ${tool} out of the tools of ${role.id}, or allow what it is there for.`,
    ...(whole || typeof at.pointer.at(-1) !== 'number' ? {} : { fix: takeOut(String(item), at) }),
  });
}

/** Tells of a role's own rules for a tool that it lacks. A deny is no promise, and stays quiet. */
function reportLacking(role: Role, { report }: RuleContext): void {
  const told = new Set<Tool>();
  for (const { tool, decision, at } of role.rules) {
    if (decision === 'deny' || told.has(tool) || hasTool(role, tool)) continue;
    if (!startsWithin(at, below(role.at, 'permissions'))) continue;
    told.add(tool);
    report({
      at,
      role: role.id,
      message: `${role.id} may never use ${tool}: it lacks the tool, whatever this rule says.`,
      help:
        tool === 'delegate'
          ? `Say in "delegates-to" whom ${role.id} hands work to, or take the rule out.`
          : `Add ${tool} to the tools of ${role.id}, or take the rule out.`,
    });
  }
}
