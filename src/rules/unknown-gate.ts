import type { Rule } from './rule.ts';
import { reportUnresolved } from './unresolved.ts';

/** Work that must pass a gate which nobody has described passes nothing. */
export const unknownGate: Rule = {
  id: 'unknown-gate',
  summary: 'A quality gate that work must pass is described nowhere.',
  severity: 'error',

  check(context) {
    reportUnresolved(context, 'gate', {
      message: (name) => `There is no quality gate "${name}".`,
      nothing: 'Say under "quality-gates" of a role what is checked there.',
    });
  },
};
