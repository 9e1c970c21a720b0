import type { Rule } from './rule.ts';
import { passOn } from './unresolved.ts';

/** Found while the files of a platform were read in place. */
export const agentAsTool: Rule = {
  id: 'agent-as-tool',
  summary: "An agent stands among another one's tools.",
  severity: 'warning',
  reading: true,

  check(context) {
    passOn(agentAsTool, context);
  },
};
