import { ofClasses } from './failures.ts';
import type { Rule } from './rule.ts';

/** A failure that is passed around a ring is never decided. */
export const escalationCycle: Rule = {
  id: 'escalation-cycle',
  summary: 'Roles escalate to each other in a ring.',
  severity: 'error',

  check({ facts, report }) {
    for (const { arcs, failures } of facts.escalationCycles) {
      const [first, ...rest] = arcs;
      const path = [...arcs.map(({ from }) => from.id), first!.from.id].join(' → ');
      report({
        at: first!.edge.at,
        role: first!.from.id,
        message: `Escalation${ofClasses(failures, facts.escalation.classes)} runs in a circle: ${path}.`,
        related: rest.map(({ edge, from, to }) => ({ at: edge.at, message: `${from.id} turns to ${to.id}` })),
        help: 'Let one of these roles turn to somebody outside the ring: a role that decides, or a person.',
      });
    }
  },
};
