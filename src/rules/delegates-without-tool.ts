import type { Rule } from './rule.ts';
import { passOn } from './unresolved.ts';

/** Found while the files of a platform were read in place. */
export const delegatesWithoutTool: Rule = {
  id: 'delegates-without-tool',
  summary: 'An agent is to hand work on, and has no tool to start another one.',
  severity: 'warning',
  reading: true,

  check(context) {
    passOn(delegatesWithoutTool, context);
  },
};
