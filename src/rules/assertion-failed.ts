import { type Doer, type Doers, doersOf, joined, keeps, limitOf } from '../analysis/claims.ts';
import { decide } from '../pattern/decide.ts';
import { type CommandRuling, decideCommand } from '../pattern/decide-command.ts';
import { policyOf } from '../team/policy.ts';
import type { Assertion, CountBound, Role } from '../team/team.ts';
import { enumerate } from '../text/enumerate.ts';
import { causeOf } from './cause.ts';
import type { Rule, RuleContext } from './rule.ts';
import { reachPhrase, stepShown, wayShown } from './way.ts';
import { callPhrase, quoted } from './wording.ts';

/** An assertion that does not hold means that the team can do what its authors believe it can't. */
export const assertionFailed: Rule = {
  id: 'assertion-failed',
  summary: 'What the team asserts does not hold.',
  severity: 'error',

  check(context) {
    for (const assertion of context.team.assertions) {
      if (!assertion.understood) continue;
      if (assertion.kind === 'never') checkNever(assertion, context);
      if (assertion.kind === 'count') checkCount(assertion, context);
      if (assertion.kind === 'exclusive') checkExclusive(assertion, context);
      if (assertion.kind === 'expect') checkExpectation(assertion, context);
    }
  },
};

type Kind<K extends Assertion['kind']> = Extract<Assertion, { readonly kind: K }>;

function fails({ name }: Assertion): string {
  return name === undefined ? 'This assertion does not hold' : `${quoted(name)} does not hold`;
}

function checkNever(assertion: Kind<'never'>, { facts, report }: RuleContext): void {
  const found = doersOf(assertion.claim, facts.roles, facts.authority);
  const [first, ...others] = found.doers;
  if (!first) {
    reportUndecided(assertion, found, { report });
    return;
  }
  const { role, claimed, reach } = first;
  report({
    at: claimed.at,
    role: role.id,
    message: `${fails(assertion)}: ${reachPhrase(role, claimed.tool, reach)}.`,
    related: wayShown(claimed.tool, reach),
    help: `${mend(first, assertion)}${others.length === 0 ? '' : ` The same goes for ${enumerate(others.map((other) => other.role.id))}.`}`,
  });
}

/** What makes the assertion true. */
function mend({ role, claimed, reach }: Doer, { claim }: Kind<'never'>): string {
  const { tool, pattern } = claimed;
  if (reach.path.length === 0)
    return `End the permissions of ${role.id} with { ${tool}: { deny: ${quoted(pattern)} } }, or leave ${role.id} out of the assertion.`;
  const approve = claim.unasked ? 'give one of these hand-overs an "approval"' : 'take one of these hand-overs away';
  return `Deny the call to ${reach.by.id}, ${approve}, or leave ${role.id} out of the assertion.`;
}

function reportUndecided(
  assertion: Assertion,
  { undecided }: Pick<Doers, 'undecided'>,
  { report }: Pick<RuleContext, 'report'>,
): void {
  if (undecided.length === 0) return;
  report({
    at: assertion.at,
    severity: 'warning',
    message: `Whether ${assertion.name === undefined ? 'this assertion' : quoted(assertion.name)} holds could not be proved: the rules of ${enumerate(undecided.map(({ id }) => id))} are too intricate.`,
    help: 'Write fewer or simpler patterns for the tools that it names.',
  });
}

function checkCount(assertion: Kind<'count'>, { facts, report }: RuleContext): void {
  const found = doersOf(assertion.claim, facts.roles, facts.authority);
  for (const bound of assertion.bounds) {
    const limit = limitOf(bound, found.asked.length);
    if (limit === undefined) continue;
    const [least, most] = [found.doers.length, found.doers.length + found.undecided.length];
    const [low, high] = [keeps(least, bound.name, limit), keeps(most, bound.name, limit)];
    if (low && high) continue;
    if (low || high) {
      reportUndecided(assertion, found, { report });
      continue;
    }
    report({
      at: bound.at,
      message: `${fails(assertion)}: ${counted(found.doers)}, but ${BOUND_WORDS[bound.name]} ${bound.value}${typeof bound.value === 'string' ? ' of the roles' : ''} should.`,
      related: found.doers.slice(0, MOST_SHOWN).flatMap(({ role, claimed, reach }) =>
        wayShown(claimed.tool, reach)
          .slice(-1)
          .map(({ at }) => ({ at, message: reachPhrase(role, claimed.tool, reach) })),
      ),
      help:
        bound.name === 'at-most' || bound.name === 'below'
          ? 'Deny it to those that should not, or raise the number.'
          : 'Allow it to more roles, or lower the number.',
    });
  }
}

const MOST_SHOWN = 5;

const BOUND_WORDS: Readonly<Record<CountBound['name'], string>> = {
  'at-least': 'at least',
  'at-most': 'at most',
  above: 'more than',
  below: 'fewer than',
};

function counted(doers: readonly Doer[]): string {
  if (doers.length === 0) return 'no role can do this';
  return `${doers.length} of the roles can do this (${enumerate(doers.map(({ role }) => role.id))})`;
}

function checkExclusive(assertion: Kind<'exclusive'>, { facts, report }: RuleContext): void {
  for (const { role, both } of joined(assertion, facts.roles))
    report({
      at: assertion.at,
      role: role.id,
      message: `${fails(assertion)}: ${role.id} is ${enumerate(both.map(({ id }) => id))} in one.`,
      related: [{ at: role.place('extends'), message: `${role.id} extends its base here` }],
      help: 'Move what they share into a base that is neither of them.',
    });
  for (const [from, to] of pairs(assertion.roles)) {
    const path = ends(from, facts.roles)
      .flatMap((a) => ends(to, facts.roles).flatMap((b) => (a === b ? [] : [facts.authority.path(a, b, false) ?? []])))
      .find(({ length }) => length > 0);
    if (!path) continue;
    report({
      at: assertion.at,
      role: path[0]!.from.id,
      message: `${fails(assertion)}: ${path[0]!.from.id} can have ${path.at(-1)!.to.id} act.`,
      related: path.map(stepShown),
      help: 'Take one of these hand-overs away, or make it an escalation: a message carries no authority.',
    });
  }
}

/** The roles that a name in an assertion stands for: itself, or those that extend it where it is only a base. */
function ends(role: Role, roles: readonly Role[]): readonly Role[] {
  return role.fields.abstract ? roles.filter(({ bases }) => bases.includes(role.id)) : [role];
}

/** Every ordered pair of different roles. */
function pairs(roles: readonly Role[]): readonly (readonly [Role, Role])[] {
  const each = [...new Set(roles)];
  return each.flatMap((from) => each.flatMap((to) => (from === to ? [] : [[from, to] as const])));
}

function checkExpectation(assertion: Kind<'expect'>, { team, report }: RuleContext): void {
  const { role, tool, decision } = assertion;
  if (!role) return;
  const argument = tool === 'delegate' ? idOf(assertion.argument, [...team.roles.values()]) : assertion.argument;
  const policy = policyOf(role, tool);
  const line = tool === 'shell' ? decideCommand(policy, argument, policyOf(role, 'edit')) : undefined;
  const actual = line?.decision ?? decide(policy, argument).decision;
  if (actual === decision) return;
  report({
    at: assertion.at,
    role: role.id,
    message: `${fails(assertion)}: ${role.id} may ${actual === 'deny' ? 'not ' : ''}${callPhrase(tool, argument)}${actual === 'ask' ? ' only when a person agrees' : ''}, but "${decision}" is expected.`,
    related: line ? partShown(role, line) : causeOf(role, tool, argument),
    help: `${line ? explained(line) : ''}Change the rules of ${role.id} for ${tool}, or what is expected.`,
  });
}

/** A short name or an alias as the id that delegation goes by. */
function idOf(name: string, roles: readonly Role[]): string {
  const exact = roles.find(({ id }) => id === name);
  return (exact ?? roles.find(({ id, aliases }) => aliases.includes(name) || id.endsWith(`/${name}`)))?.id ?? name;
}

function partShown(role: Role, { because }: CommandRuling): ReturnType<typeof causeOf> {
  if (because.kind === 'part') return causeOf(role, 'shell', because.text);
  return because.kind === 'write' ? causeOf(role, 'edit', because.path) : [];
}

function explained({ because }: CommandRuling): string {
  if (because.kind === 'assignment') return 'An assignment in front of a command makes it ask at best. ';
  if (because.kind === 'unsplittable')
    return `The line can't be split, because ${because.reason}, and so asks at best. `;
  return because.kind === 'write' ? `The line also edits ${quoted(because.path)}. ` : '';
}
