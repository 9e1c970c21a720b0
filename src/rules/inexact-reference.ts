import { items } from '../team/items.ts';
import type { Role } from '../team/team.ts';
import type { Place } from '../text/place.ts';
import type { Rule } from './rule.ts';

/** A role that is named by an alias or by the end of its id is found today, and by chance. */
export const inexactReference: Rule = {
  id: 'inexact-reference',
  summary: 'A role is named by an alias or by the end of its id, and not by its id.',
  severity: 'warning',

  check({ team, report }) {
    for (const { name, role, at } of team.inexact) {
      const alias = aliasPlace(role, name);
      report({
        at,
        message: alias ? `"${name}" is an alias of ${role.id}.` : `"${name}" is the end of the id ${role.id}.`,
        ...(alias ? { related: [{ at: alias, message: `${role.id} is also called "${name}"` }] } : {}),
        help: `Write the id: a search for it then finds every mention, and no other role can take the name over.`,
        fix: { title: `Write "${role.id}"`, safety: 'safe', edits: [{ at, value: role.id }] },
      });
    }
  },
};

function aliasPlace(role: Role, name: string): Place | undefined {
  const alias = items(role.fields.aliases).find(({ item }) => item === name);
  return alias && role.place('aliases', ...alias.steps);
}
