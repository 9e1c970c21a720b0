import { isHit, plainWords } from '../analysis/keywords.ts';
import { type RoutedEdge, routesOf } from '../analysis/routing.ts';
import { type Edge, type Role, targets } from '../team/team.ts';
import { below, type Place } from '../text/place.ts';
import { namesOf } from './edge-names.ts';
import type { Rule, RuleContext } from './rule.ts';
import { written } from './written.ts';

/** A keyword that points two ways sends work to whoever happens to stand last. */
export const ambiguousKeyword: Rule = {
  id: 'ambiguous-keyword',
  summary: 'A request with one keyword fits two delegations of a role that lead to different roles.',
  severity: 'warning',

  check(context) {
    for (const role of context.team.roles.values())
      for (const route of routesOf(role)) if (!isShadowed(route)) reportTaken(role, route, context);
  },
};

/** Whether the edge gets no work at all, which is told as `shadowed-edge`. */
function isShadowed({ ways }: RoutedEdge): boolean {
  return ways.every(({ taker }) => taker !== undefined);
}

function reportTaken(role: Role, { edge, ways }: RoutedEdge, context: RuleContext): void {
  for (const [position, keyword] of edge.keywords.entries()) {
    const own = ways.filter((way) => way.keyword === position);
    const taker = own[0]?.taker;
    if (!taker || own.some((way) => way.taker === undefined) || isSame(edge, taker)) continue;
    const other = taker.keywords.findIndex((word) => isHit(word, keyword));
    const theirs = taker.keywords[other];
    context.report({
      at: placeOf(edge, position, context),
      role: role.id,
      message: `The keyword "${keyword}" leads ${role.id} to ${namesOf(edge)}, but ${taking(keyword, theirs, taker)}.`,
      related: [
        theirs === undefined
          ? { at: taker.at, message: 'this edge holds for every request' }
          : { at: placeOf(taker, other, context), message: `leads to ${namesOf(taker)}` },
      ],
      help: `The shortest request that fits both is "${plainWords(keyword)}". Keep one of the two, say under "when" what tells them apart, or put the edge that shall win last.`,
    });
  }
}

function taking(keyword: string, theirs: string | undefined, taker: Edge): string {
  const who = namesOf(taker);
  if (theirs === undefined) return `a later edge takes every such request to ${who}`;
  if (plainWords(theirs) === plainWords(keyword))
    return `it leads to ${who} as well, and the later edge takes the work`;
  return `such a request also has "${theirs}", and that later edge takes it to ${who}`;
}

function isSame(one: Edge, other: Edge): boolean {
  const [some, others] = [targets(one), new Set(targets(other))];
  return some.length === others.size && some.every((role) => others.has(role));
}

function placeOf(edge: Edge, position: number, { loaded }: RuleContext): Place {
  const list = below(edge.at, 'keywords');
  return Array.isArray(written(loaded, list)) ? below(list, position) : list;
}
