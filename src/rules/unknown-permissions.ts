import type { Rule } from './rule.ts';
import { reportUnresolved } from './unresolved.ts';

/** A block of permissions that does not exist leaves out every rule that the author believes to be there. */
export const unknownPermissions: Rule = {
  id: 'unknown-permissions',
  summary: 'A block of permissions that is named does not exist.',
  severity: 'error',

  check(context) {
    const decisions = ['allow', 'ask', 'deny'];
    reportUnresolved(context, 'permissions', {
      message: (name) => `There is no block of permissions "${name}".`,
      nothing: 'Write it under "permissions" in the team file.',
      hint: (name) => (decisions.includes(name) ? `Say which tool: { shell: ${name} }.` : undefined),
    });
  },
};
