import type { Rule } from './rule.ts';
import { passOn } from './unresolved.ts';

/** Found while the files of a platform were read in place. */
export const platformDropsFile: Rule = {
  id: 'platform-drops-file',
  summary: 'A platform loads no agent from a file, and says nothing of it.',
  severity: 'error',
  reading: true,

  check(context) {
    passOn(platformDropsFile, context);
  },
};
