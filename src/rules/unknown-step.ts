import type { Rule } from './rule.ts';
import { reportUnresolved } from './unresolved.ts';

/** A step that waits for one which does not exist waits forever, or for nothing. */
export const unknownStep: Rule = {
  id: 'unknown-step',
  summary: 'A step needs another that is not there.',
  severity: 'error',

  check(context) {
    reportUnresolved(context, 'step', {
      message: (name) => `There is no step "${name}" to wait for.`,
      nothing: 'Steps of a list have no names and run in order; write them as a map to use "needs".',
    });
  },
};
