import { keeps, limitOf, rolesOfClaim } from '../analysis/claims.ts';
import { hasTool } from '../team/policy.ts';
import type { Assertion, Claim, ClaimedCall, CountBound } from '../team/team.ts';
import type { Rule, RuleContext } from './rule.ts';
import { quoted } from './wording.ts';

/** An assertion that nothing could break guards nothing, and looks as if it did. */
export const assertionVacuous: Rule = {
  id: 'assertion-vacuous',
  summary: 'An assertion holds only because it is about nothing.',
  severity: 'warning',

  check(context) {
    for (const assertion of context.team.assertions) {
      if (!assertion.understood || assertion.kind === 'expect') continue;
      if (assertion.kind === 'exclusive') checkExclusive(assertion, context);
      else checkClaim(assertion, context);
    }
  },
};

type Kind<K extends Assertion['kind']> = Extract<Assertion, { readonly kind: K }>;

function subject({ name }: Assertion): string {
  return name === undefined ? 'This assertion' : quoted(name);
}

function checkExclusive(assertion: Kind<'exclusive'>, { report }: RuleContext): void {
  if (new Set(assertion.roles).size > 1) return;
  report({
    at: assertion.at,
    message: `${subject(assertion)} names one role only, and that role is never apart from itself.`,
    help: 'Name the roles that have to stay apart.',
  });
}

function checkClaim(assertion: Kind<'never'> | Kind<'count'>, context: RuleContext): void {
  const { claim } = assertion;
  const { facts, report } = context;
  const roles = rolesOfClaim(claim, facts.roles);
  if (claim.calls.length === 0)
    report({
      at: claim.at,
      message: `${subject(assertion)} says nothing: it names no calls.`,
      help: 'Write the calls after "may" or "reaches": { shell: "terraform *" }.',
    });
  else if (roles.length === 0)
    report({
      at: claim.at,
      message: `${subject(assertion)} is about no role${whyNone(claim)}.`,
      help: 'Name a role or a group that there is, or take the assertion out.',
    });
  else if (assertion.kind === 'never' || assertion.bounds.every(({ name }) => name === 'at-most' || name === 'below'))
    for (const call of claim.calls) checkCall(assertion, call, context);
  if (assertion.kind === 'count' && roles.length > 0) checkBounds(assertion, roles.length, context);
}

function whyNone({ everyone, named, except }: Claim): string {
  if (everyone) return ': all of them are left out';
  if (named.length === 0) return ', because the group is empty';
  if (named.some((role) => except.includes(role))) return ': those that it names are left out again';
  return `: ${named[0]!.id} is abstract, and never at work itself`;
}

function checkCall(assertion: Assertion, { tool, pattern, at }: ClaimedCall, { facts, report }: RuleContext): void {
  if (!facts.roles.some((role) => hasTool(role, tool)))
    report({
      at,
      message: `${subject(assertion)} can't fail: no role of the team has ${tool}.`,
      help: `Name the tool that is meant, or take this out until a role has ${tool}.`,
    });
  else if (facts.authority.probes.example({ tool, pattern }) === 'none')
    report({
      at,
      message: `${subject(assertion)} can't fail: no call of ${tool} matches ${quoted(pattern)}.`,
      help:
        tool === 'shell'
          ? 'Write a pattern for one simple command: a command line is split, and each of its parts is decided by itself.'
          : `Write a pattern that an argument of ${tool} can match.`,
    });
}

function checkBounds(assertion: Kind<'count'>, roles: number, { report }: RuleContext): void {
  if (assertion.bounds.length === 0)
    report({
      at: assertion.claim.at,
      message: `${subject(assertion)} says nothing: it counts, and no number is claimed.`,
      help: 'Add "at-most" or "at-least".',
    });
  for (const bound of assertion.bounds) {
    const limit = limitOf(bound, roles);
    if (limit !== undefined && !holdsForAny(bound, limit, roles)) continue;
    report({
      at: bound.at,
      message:
        limit === undefined
          ? `${subject(assertion)} says nothing: ${bound.value} is no number of roles.`
          : `${subject(assertion)} can't fail: it is about ${roles} ${roles === 1 ? 'role' : 'roles'}.`,
      help:
        limit === undefined ? 'Write a number, or a share such as 50%.' : 'Choose a number that the team could miss.',
    });
  }
}

function holdsForAny({ name }: CountBound, limit: number, roles: number): boolean {
  return keeps(0, name, limit) && keeps(roles, name, limit);
}
