import type { Rule } from './rule.ts';
import { passOn } from './unresolved.ts';

/** Found while the files of a platform were read in place. */
export const platformCutsFile: Rule = {
  id: 'platform-cuts-file',
  summary: 'A platform ends the front matter of a file earlier than its author did.',
  severity: 'error',
  reading: true,

  check(context) {
    passOn(platformCutsFile, context);
  },
};
