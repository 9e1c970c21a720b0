import { below, keyOf, type Place } from '../text/place.ts';
import type { Rule } from './rule.ts';
import { written } from './written.ts';

/** Without a word about tools a role gets none, and most roles can then do nothing but talk. */
export const noTools: Rule = {
  id: 'no-tools',
  summary: 'Nothing says which tools a role has.',
  severity: 'warning',

  check({ team, loaded, report }) {
    // Tools that could not be understood were said nevertheless, and that mistake is told already.
    const isSaid = (at: Place): boolean => written(loaded, at) !== undefined;
    if (isSaid(below(team.at, 'defaults', 'tools'))) return;
    for (const role of team.roles.values()) {
      if (!role.own || role.toolsSaid || isSaid(below(role.at, 'tools'))) continue;
      report({
        at: keyOf(role.at),
        role: role.id,
        message: `Nothing says which tools ${role.id} has, so it gets none.`,
        help: `Write "tools: [read, search]" or what else ${role.id} needs, here or in the team's "defaults"; "tools: []" says that none is meant.`,
      });
    }
  },
};
