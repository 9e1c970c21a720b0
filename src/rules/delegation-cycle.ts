import type { Rule } from './rule.ts';

/** Work that is handed around a ring never reaches anyone who does it. */
export const delegationCycle: Rule = {
  id: 'delegation-cycle',
  summary: 'Roles delegate to each other in a ring that nothing bounds.',
  severity: 'error',

  check({ facts, report }) {
    for (const cycle of facts.delegationCycles) {
      const [first, ...rest] = cycle;
      const names = cycle.map(({ from }) => from.id);
      report({
        at: first!.edge.at,
        role: first!.from.id,
        message: `Delegation runs in a circle: ${[...names, first!.from.id].join(' → ')}.`,
        related: rest.map(({ edge, from, to }) => ({
          at: edge.at,
          message: `${from.id} hands the work on to ${to.id}`,
        })),
        help: 'Remove one of these delegations, make it an escalation if it asks for help, or bound it with "max-rounds" or "approval".',
      });
    }
  },
};
