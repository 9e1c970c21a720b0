import { items } from '../team/items.ts';
import type { Role, Team } from '../team/team.ts';
import { keyOf, type Place } from '../text/place.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Two roles of one name: whoever calls it gets one of the two, and never the other. */
export const duplicateId: Rule = {
  id: 'duplicate-id',
  summary: 'Two roles share an id or an alias, be it but for case.',
  severity: 'error',
  reading: true,

  check(context) {
    for (const { id, other, at, first } of context.team.duplicates)
      context.report({
        at: keyOf(at),
        role: id,
        message: id === other ? `The role "${id}" is written twice.` : `"${other}" and "${id}" differ only in case.`,
        related: [{ at: keyOf(first), message: `"${other}" stands here first` }],
        help:
          id === other
            ? 'Put the two together, or give one of them another id.'
            : 'Give one of them another id: many disks take them for the same file.',
      });
    checkAliases(context);
  },
};

/** A name that a role goes by, and where it says so. */
interface Claim {
  readonly role: Role;
  readonly name: string;
  readonly what: 'the id' | 'an alias';
  readonly at: Place;
}

function checkAliases({ team, report }: RuleContext): void {
  const taken = new Map<string, Claim>();
  const roles = ownRoles(team);
  for (const role of roles)
    taken.set(role.id.toLowerCase(), { role, name: role.id, what: 'the id', at: keyOf(role.at) });
  for (const { role, name, at } of roles.flatMap(aliasesOf)) {
    const other = taken.get(name.toLowerCase());
    if (!other) taken.set(name.toLowerCase(), { role, name, what: 'an alias', at });
    else if (other.role !== role)
      report({
        at,
        role: role.id,
        message: `The alias "${name}" of ${role.id} is ${other.what} of ${other.role.id} too${name === other.name ? '' : ', but for case'}.`,
        related: [{ at: other.at, message: `${other.what} of ${other.role.id}` }],
        help: 'Give the alias up in one of the two roles.',
      });
  }
}

function ownRoles({ roles, abstract }: Team): readonly Role[] {
  return [...roles.values(), ...abstract.values()].filter(({ own }) => own);
}

function aliasesOf(role: Role): readonly Claim[] {
  return items(role.fields.aliases).map(({ item, steps }) => ({
    role,
    name: item,
    what: 'an alias',
    at: role.place('aliases', ...steps),
  }));
}
