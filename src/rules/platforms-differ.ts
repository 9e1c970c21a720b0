import type { Rule } from './rule.ts';
import { passOn } from './unresolved.ts';

/** Found while the files of a platform were read in place. */
export const platformsDiffer: Rule = {
  id: 'platforms-differ',
  summary: 'Two platforms of a project have the same agent, and it is not the same there.',
  severity: 'warning',
  reading: true,

  check(context) {
    passOn(platformsDiffer, context);
  },
};
