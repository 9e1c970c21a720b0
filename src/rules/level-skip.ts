import { type Role, targets } from '../team/team.ts';
import { enumerate } from '../text/enumerate.ts';
import { keyOf } from '../text/place.ts';
import type { Rule } from './rule.ts';

/** Whoever is passed over plans with people who are busy with something else. */
export const levelSkip: Rule = {
  id: 'level-skip',
  summary: 'A role delegates past a level that has roles.',
  severity: 'info',
  profile: 'strict',

  check({ team, facts: { levels }, report }) {
    for (const edge of team.edges) {
      const own = levels.of(edge.from);
      if (edge.type !== 'delegates-to' || own === undefined) continue;
      const skipped = (to: Role): readonly Role[] =>
        team.levels.flatMap(
          (_, level) => (level > own && level < (levels.of(to) ?? own) && levels.holder(level)) || [],
        );
      const far = targets(edge).filter((to) => skipped(to).length > 0);
      const between = [...new Set(far.flatMap(skipped))];
      if (far.length === 0) continue;
      report({
        at: edge.at,
        role: edge.from.id,
        message: `${edge.from.id} (${team.levels[own]}) delegates to ${enumerate(
          far.map((to) => `${to.id} (${to.fields.level})`),
        )}, past the level ${enumerate(between.map(({ fields }) => `"${fields.level}"`))}.`,
        related: between.map((role) => ({
          at: keyOf(role.at),
          message: `${role.id} is on the level "${role.fields.level}"`,
        })),
        help: `Let a role in between hand the work on.`,
      });
    }
  },
};
