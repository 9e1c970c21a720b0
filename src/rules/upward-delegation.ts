import { targets } from '../team/team.ts';
import { enumerate } from '../text/enumerate.ts';
import type { Rule } from './rule.ts';

/** Work is handed down and questions go up; the other way round nobody knows who answers for it. */
export const upwardDelegation: Rule = {
  id: 'upward-delegation',
  summary: 'A role delegates to a role on a higher level.',
  severity: 'warning',

  check({ team, facts: { levels }, report }) {
    for (const edge of team.edges) {
      const own = levels.of(edge.from);
      if (edge.type !== 'delegates-to' || own === undefined) continue;
      const higher = targets(edge).filter((to) => (levels.of(to) ?? own) < own);
      if (higher.length === 0) continue;
      report({
        at: edge.at,
        role: edge.from.id,
        message: `${edge.from.id} (${team.levels[own]}) delegates up to ${enumerate(
          higher.map((to) => `${to.id} (${to.fields.level})`),
        )}.`,
        help: 'Move it to "escalates-to" if it asks for a decision, or to "collaborates-with" if it asks for help; else mend the levels.',
      });
    }
  },
};
