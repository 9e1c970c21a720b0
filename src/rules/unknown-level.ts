import type { Rule } from './rule.ts';
import { reportUnresolved } from './unresolved.ts';

/** A level that is not among the team's has no place in the order of ranks. */
export const unknownLevel: Rule = {
  id: 'unknown-level',
  summary: 'A level is not among the levels of the team.',
  severity: 'error',

  check(context) {
    reportUnresolved(context, 'level', {
      message: (name) => `There is no level "${name}".`,
      nothing: 'List the levels in the team file, the highest first: levels: [lead, worker].',
    });
  },
};
