import { delegatesOf } from '../analysis/delegates.ts';
import { keyOf } from '../text/place.ts';
import type { Rule } from './rule.ts';

/** Whoever chooses among too many chooses badly. */
export const spanOfControl: Rule = {
  id: 'span-of-control',
  summary: 'A role delegates to more roles than it can keep apart.',
  severity: 'warning',

  check({ facts, settings, report }) {
    const max = typeof settings['max'] === 'number' ? settings['max'] : USUAL;
    for (const role of facts.roles) {
      const delegates = role.own ? delegatesOf(role).length : 0;
      if (delegates <= max) continue;
      report({
        at: keyOf(role.place('delegates-to')),
        role: role.id,
        message: `${role.id} delegates to ${delegates} roles, and the limit is ${max}.`,
        help: `Put a role in between that hands out a part of the work, or raise "max" of this rule under "lint".`,
      });
    }
  },
};

/** How many delegates are fine where the team does not say. */
const USUAL = 12;
