import type { Rule } from './rule.ts';
import { passOn, reportUnresolved } from './unresolved.ts';

/** Roles of a team that can't be found are missing from this one. */
export const unknownTeam: Rule = {
  id: 'unknown-team',
  summary: 'A team that is used is not there.',
  severity: 'error',

  check(context) {
    passOn(unknownTeam, context);
    reportUnresolved(context, 'team', {
      message: (name) => `This team uses no team "${name}".`,
      nothing: 'Name it under "uses" in the team file, with the path of its folder.',
    });
  },
};
