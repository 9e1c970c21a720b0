import { keyOf } from '../text/place.ts';
import { ofClasses } from './failures.ts';
import type { Rule } from './rule.ts';

/** A failure that climbs to a role with nobody above it is left lying there. */
export const escalationDeadEnd: Rule = {
  id: 'escalation-dead-end',
  summary:
    'Escalation ends at a role that can turn to nobody, before it gets to a person or to where requests come in.',
  severity: 'warning',

  check({ facts, report }) {
    for (const { role, arc, failures } of facts.deadEnds) {
      report({
        at: keyOf(role.at),
        role: role.id,
        message: `Escalation${ofClasses(failures, facts.escalation.classes)} ends at ${role.id}, who can turn to nobody.`,
        related: [{ at: arc.edge.at, message: `${arc.from.id} turns to ${role.id}` }],
        help: `Give ${role.id} an "escalates-to" for it, or end the ladder with a person: { by: { person: user } }.`,
      });
    }
  },
};
