import type { Related } from '../diagnostic/diagnostic.ts';
import { matches } from '../pattern/decide.ts';
import { hasTool, policyOf } from '../team/policy.ts';
import type { Call, Prohibition, Role } from '../team/team.ts';
import { isTool, TOOLS, type Tool } from '../team/tools.ts';
import type { Rule, RuleContext } from './rule.ts';

/** A promise that the permissions do not keep is worse than none: people rely on it. */
export const constraintContradicted: Rule = {
  id: 'constraint-contradicted',
  summary: 'A role can make a call that its "must-not" rules out.',
  severity: 'error',

  check(context) {
    for (const role of context.team.roles.values()) {
      if (!role.own) continue;
      for (const claim of role.work.mustNot) for (const call of claim.calls) prove(role, claim, call, context);
    }
  },
};

function prove(role: Role, claim: Prohibition, { tool, pattern, at }: Call, { facts, report }: RuleContext): void {
  if (!isTool(tool) || !hasTool(role, tool)) return;
  const found = facts.permitted(policyOf(role, tool), pattern);
  if (found === 'none') return;
  if (found === 'undecided') {
    report({
      at,
      role: role.id,
      severity: 'warning',
      message: `Whether ${role.id} is denied ${tool} "${pattern}" could not be proved: the rules are too intricate.`,
      help: `Write fewer or simpler patterns for ${tool}.`,
    });
    return;
  }
  report({
    at,
    role: role.id,
    message: `${role.id} must not ${claim.do}, yet ${tool} "${found.witness}" is ${found.decision === 'allow' ? 'allowed' : 'asked about, not denied'}.`,
    related: reasons(role, tool, found.witness),
    help: `End the permissions of ${role.id} with { ${tool}: ${pattern === '*' ? 'deny' : `{ deny: "${pattern}" }`} }, or claim less.`,
  });
}

/** The rule that lets a call through, and the deny that it undoes; where no rule speaks of it, what gives the tool. */
function reasons(role: Role, tool: Tool, argument: string): readonly Related[] {
  const matching = role.rules.filter((entry) => entry.tool === tool && matches(TOOLS[tool], entry.pattern, argument));
  const last = matching.at(-1);
  if (!last) {
    const from = role.grants.find(
      (grant) => grant.tool === tool && (grant.pattern === undefined || matches(TOOLS[tool], grant.pattern, argument)),
    );
    return from ? [{ at: from.at, message: `${role.id} has ${tool} from here, and no rule speaks of this call` }] : [];
  }
  const undone = matching.findLast(({ decision }) => decision === 'deny');
  return [
    { at: last.at, message: last.decision === 'allow' ? 'this rule allows it' : 'this rule asks' },
    ...(undone ? [{ at: undone.at, message: 'this rule would deny it, but the last match wins' }] : []),
  ];
}
