import type { Rule } from './rule.ts';
import { reportUnresolved } from './unresolved.ts';

/** A group that does not exist stands for nobody. */
export const unknownGroup: Rule = {
  id: 'unknown-group',
  summary: 'A name that should be a group is not among the groups of the team.',
  severity: 'error',

  check(context) {
    const { roles } = context.team;
    reportUnresolved(context, 'group', {
      message: (name, { at }) =>
        at.pointer.at(-1) === 'of'
          ? `There is neither a group nor a role "${name}" to measure.`
          : `There is no group "${name}".`,
      nothing: 'Name it under "groups" in the team file.',
      hint: (name) => (roles.has(name) ? `"${name}" is a role: write it under "role".` : undefined),
    });
  },
};
