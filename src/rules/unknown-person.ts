import type { Rule } from './rule.ts';
import { reportUnresolved } from './unresolved.ts';

/** An approval or an escalation that waits for a person who is not there never ends. */
export const unknownPerson: Rule = {
  id: 'unknown-person',
  summary: 'A name that should be a person is not among the people of the team.',
  severity: 'error',

  check(context) {
    const { roles } = context.team;
    reportUnresolved(context, 'person', {
      message: (name) => `There is no person "${name}".`,
      nothing: 'Name them under "people" in the team file.',
      hint: (name) => (roles.has(name) ? `"${name}" is a role; here a person from "people" is needed.` : undefined),
    });
  },
};
