import type { Rule } from './rule.ts';
import { passOn } from './unresolved.ts';

/** Found while the files of a platform were read in place. */
export const platformSendsField: Rule = {
  id: 'platform-sends-field',
  summary: "A platform sends a key that it does not know to the model's provider.",
  severity: 'info',
  reading: true,

  check(context) {
    passOn(platformSendsField, context);
  },
};
