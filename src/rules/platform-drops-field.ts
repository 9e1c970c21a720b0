import type { Rule } from './rule.ts';
import { passOn } from './unresolved.ts';

/** Found while the files of a platform were read in place. */
export const platformDropsField: Rule = {
  id: 'platform-drops-field',
  summary: 'A platform ignores a key or a value of an agent without a word.',
  severity: 'warning',
  reading: true,

  check(context) {
    passOn(platformDropsField, context);
  },
};
