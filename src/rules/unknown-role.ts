import type { Rule } from './rule.ts';
import { reportUnresolved } from './unresolved.ts';

/** A relation to a role that does not exist is a hand-over into the void. */
export const unknownRole: Rule = {
  id: 'unknown-role',
  summary: 'A name that should be a role leads nowhere.',
  severity: 'error',

  check(context) {
    reportUnresolved(context, 'role', (name) => `There is no role "${name}".`, 'The team has no roles yet.');
  },
};
