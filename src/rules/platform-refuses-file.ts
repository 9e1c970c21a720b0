import type { Rule } from './rule.ts';
import { passOn } from './unresolved.ts';

/** Found while the files of a platform were read in place. */
export const platformRefusesFile: Rule = {
  id: 'platform-refuses-file',
  summary: 'A platform does not start, or loads nothing, because of a file.',
  severity: 'error',
  reading: true,

  check(context) {
    passOn(platformRefusesFile, context);
  },
};
