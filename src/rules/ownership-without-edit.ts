import { type Editors, editorsOf, type Ownership, ownershipsOf } from '../analysis/ownership.ts';
import { isPlainlyPermitted } from '../analysis/permitted.ts';
import { hasTool, policyOf } from '../team/policy.ts';
import type { Role } from '../team/team.ts';
import { enumerate } from '../text/enumerate.ts';
import { causeOf } from './cause.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Who answers for a file must be able to change it, and who is said to be alone with it must be. */
export const ownershipWithoutEdit: Rule = {
  id: 'ownership-without-edit',
  summary: 'An owner can edit nothing of what it owns, or others can edit what it owns alone.',
  severity: 'warning',

  check(context) {
    const { facts } = context;
    const ownerships = ownershipsOf(facts.roles).filter(({ role }) => role.own);
    for (const ownership of ownerships) checkOwner(ownership, context);
    const exclusive = ownerships.filter((ownership) => ownership.exclusive);
    const editors = exclusive.length > 0 ? editorsOf(facts.roles) : () => [];
    for (const ownership of exclusive) checkOthers(ownership, editors(ownership.pattern), context);
  },
};

function checkOwner({ role, pattern, at }: Ownership, { facts, report }: RuleContext): void {
  const policy = policyOf(role, 'edit');
  if (isPlainlyPermitted(policy, pattern) || facts.permitted(policy, pattern) !== 'none') return;
  const denied = role.rules.findLast(({ tool, decision }) => tool === 'edit' && decision === 'deny');
  const lacking = !hasTool(role, 'edit');
  report({
    at,
    role: role.id,
    message: `${role.id} owns "${pattern}", but ${lacking ? 'has no tool to edit it with' : 'may edit nothing of it'}.`,
    ...(denied && !lacking ? { related: [{ at: denied.at, message: 'denied here, and allowed nowhere after' }] } : {}),
    help: lacking
      ? `Give ${role.id} the tool edit, or let a role own the path that has it.`
      : `Allow ${role.id} to edit "${pattern}", or let a role own the path that may.`,
  });
}

/** How many roles that may edit a path are looked for. */
const MOST = 12;

function checkOthers({ role, pattern, at }: Ownership, editors: readonly Editors[], context: RuleContext): void {
  const found: { readonly other: Role; readonly witness: string }[] = [];
  for (const { policy, roles } of editors) {
    const others = roles.filter((other) => other !== role);
    const answer = others.length > 0 ? context.facts.permitted(policy, pattern) : 'none';
    if (typeof answer === 'object') found.push(...others.map((other) => ({ other, witness: answer.witness })));
    if (found.length >= MOST) break;
  }
  const [first] = found;
  if (!first) return;
  context.report({
    at,
    role: role.id,
    message: `${role.id} alone owns "${pattern}", yet ${enumerate(found.map(({ other }) => other.id))} may edit "${first.witness}".`,
    related: causeOf(first.other, 'edit', first.witness),
    help: `Deny edit of "${pattern}" to everyone else, or drop "exclusive".`,
  });
}
