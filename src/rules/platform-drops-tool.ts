import type { Rule } from './rule.ts';
import { passOn } from './unresolved.ts';

/** Found while the files of a platform were read in place. */
export const platformDropsTool: Rule = {
  id: 'platform-drops-tool',
  summary: 'A platform drops a tool of an agent without a word, as it knows none of that name.',
  severity: 'warning',
  reading: true,

  check(context) {
    passOn(platformDropsTool, context);
  },
};
