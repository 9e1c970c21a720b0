import { routesOf } from '../analysis/routing.ts';
import { namesOf } from './edge-names.ts';
import type { Rule } from './rule.ts';

/** An edge that never gets any work is a promise that the author believes in. */
export const shadowedEdge: Rule = {
  id: 'shadowed-edge',
  summary: 'Later delegations of a role take all work of an earlier one.',
  severity: 'warning',

  check({ facts, report }) {
    for (const role of facts.roles) {
      for (const { edge, ways } of routesOf(role)) {
        const takers = new Set(ways.flatMap(({ taker }) => taker ?? []));
        if (ways.some(({ taker }) => taker === undefined)) continue;
        report({
          at: edge.at,
          role: role.id,
          message: `${role.id} never hands work to ${namesOf(edge)} over this edge: ${takers.size === 1 ? 'a later one takes' : 'later ones take'} all of it.`,
          related: [...takers].map((taker) => ({
            at: taker.at,
            message: `holds as well, and the last edge that holds takes the work: it goes to ${namesOf(taker)}`,
          })),
          help: `Put the edge below ${takers.size === 1 ? 'that one' : 'those'}, or say under "when" what tells them apart.`,
        });
      }
    }
  },
};
