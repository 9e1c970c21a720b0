import { type Chains, chains, chainTo } from '../analysis/chains.ts';
import type { Arc, Relation } from '../analysis/relation.ts';
import type { Manifest } from '../target/target.ts';
import type { Edge } from '../team/team.ts';
import { enumerate } from '../text/enumerate.ts';
import { platformsOf } from './platforms.ts';
import type { Rule, RuleContext } from './rule.ts';

/** A platform that stops handing work on leaves it with a role that can't do it. */
export const depthExceedsTarget: Rule = {
  id: 'depth-exceeds-target',
  summary: 'Roles hand work on deeper than a platform goes.',
  severity: 'warning',

  check(context) {
    const platforms = platformsOf(context).filter(({ limits }) => limits?.depth !== undefined);
    if (platforms.length === 0) return;
    const { facts } = context;
    const relation = facts.relation('delegates-to');
    const found = chains(relation.graph, [...facts.roots].map(facts.indexOf));
    for (const platform of platforms) reportBeyond(platform, relation, found, context);
  },
};

/** Tells of every edge that leads on from where a platform stops. */
function reportBeyond(
  { title, limits }: Manifest,
  { graph, arcs }: Relation,
  found: Chains,
  { facts, report }: RuleContext,
): void {
  const most = limits!.depth!;
  const beyond = new Map<Edge, Arc[]>();
  for (const arc of arcs) {
    if (arc.from === arc.to || found.length[facts.indexOf(arc.from)] !== most) continue;
    beyond.set(arc.edge, [...(beyond.get(arc.edge) ?? []), arc]);
  }
  for (const [edge, leading] of beyond) {
    const chain = chainTo(graph, found, facts.indexOf(edge.from)).map((arc) => arcs[arc]!);
    if (isCutShort([...chain, leading[0]!])) continue;
    const first = chain[0]?.from ?? edge.from;
    report({
      at: edge.at,
      role: edge.from.id,
      message: `On ${title} ${edge.from.id} can't hand work on to ${enumerate(leading.map(({ to }) => to.id))}: it is ${most} hand-overs below ${first.id}, and there they end.`,
      related: chain.map(({ edge: { at }, from, to }) => ({ at, message: `${from.id} hands work to ${to.id}` })),
      help: 'Let a role further up hand this work out.',
    });
  }
}

/** Whether a role on the chain says itself that fewer hand-overs follow. */
function isCutShort(chain: readonly Arc[]): boolean {
  return chain.some(({ from }, at) => (from.fields.delegation?.depth ?? Number.POSITIVE_INFINITY) < chain.length - at);
}
