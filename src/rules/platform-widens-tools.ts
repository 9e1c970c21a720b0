import type { Rule } from './rule.ts';
import { passOn } from './unresolved.ts';

/** Found while the files of a platform were read in place. */
export const platformWidensTools: Rule = {
  id: 'platform-widens-tools',
  summary: 'A platform gives an agent more tools than its file seems to say.',
  severity: 'error',
  reading: true,

  check(context) {
    passOn(platformWidensTools, context);
  },
};
