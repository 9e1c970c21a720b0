import type { Rule } from './rule.ts';
import { passOn } from './unresolved.ts';

/** A list that includes itself, over whatever detour, would have no end. */
export const includeCycle: Rule = {
  id: 'include-cycle',
  summary: 'Files include each other in a ring.',
  severity: 'error',
  reading: true,

  check(context) {
    passOn(this, context);
  },
};
