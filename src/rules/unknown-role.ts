import type { Team } from '../team/team.ts';
import { enumerate } from '../text/enumerate.ts';
import type { Rule } from './rule.ts';
import { reportUnresolved } from './unresolved.ts';

/** A relation to a role that does not exist is a hand-over into the void. */
export const unknownRole: Rule = {
  id: 'unknown-role',
  summary: 'A name that should be a role leads nowhere.',
  severity: 'error',

  check(context) {
    reportUnresolved(context, 'role', {
      message: (name) => `There is no role "${name}".`,
      nothing: 'The team has no roles yet.',
      hint: (name) => otherKind(context.team, name),
    });
    reportUnresolved(context, 'ambiguous', {
      message: (name, { candidates }) => `"${name}" could be ${enumerate(candidates)}.`,
      nothing: '',
      hint: () => 'Write the whole id of the one that is meant.',
    });
  },
};

function otherKind({ people, groups }: Team, name: string): string | undefined {
  if (people.has(name)) return `"${name}" is a person: where a person may stand, write { person: ${name} }.`;
  if (groups.has(name)) return `"${name}" is a group: where a group may stand, write { group: ${name} }.`;
  if (/^(?:none|nobody|n\/a)$/i.test(name)) return 'For nobody write [], or leave the key out.';
  return undefined;
}
