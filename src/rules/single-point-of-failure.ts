import { workFlow } from '../analysis/entering.ts';
import { dominated } from '../analysis/graph/dominated.ts';
import { dominators } from '../analysis/graph/dominators.ts';
import { graph } from '../analysis/graph/graph.ts';
import { type Role, targets } from '../team/team.ts';
import { keyOf } from '../text/place.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Where all work passes through one role, its mistakes and its queue are everyone's. */
export const singlePointOfFailure: Rule = {
  id: 'single-point-of-failure',
  summary: 'Half of the team gets its work only through one role that is no entry.',
  severity: 'info',
  profile: 'strict',

  check(context) {
    const { team, facts, report } = context;
    const { roles, starts, ways, only } = bottlenecks(context);
    for (const [position, role] of roles.entries()) {
      const behind = ways[position]!;
      if (!role.own || behind < FEWEST || behind * 2 < roles.length || starts.has(position)) continue;
      report({
        at: keyOf(role.at),
        role: role.id,
        message: `Without ${role.id} no work gets to ${behind} of the ${roles.length} roles of ${team.name}.`,
        related: edgesOut(role, (to) => only[facts.indexOf(to)] === position),
        help: 'Give some of them a second way: let another role delegate to them as well.',
      });
    }
  },
};

/** With fewer roles behind it, a role is simply the one above them. */
const FEWEST = 3;

/** How many roles are cut off from all entries when one is lost, and for each the last role that its work must pass. */
function bottlenecks({ team }: RuleContext): {
  readonly roles: readonly Role[];
  readonly starts: ReadonlySet<number>;
  readonly ways: Int32Array;
  readonly only: Int32Array;
} {
  const flow = workFlow(team);
  const source = flow.graph.nodes;
  const arcs = Array.from(flow.graph.from, (from, arc) => [from, flow.graph.to[arc]!] as const);
  const only = dominators(
    graph(source + 1, [...arcs, ...flow.starts.map((start) => [source, start] as const)]),
    source,
  );
  const ways = dominated(only, (node) => node < flow.roles.length);
  return { roles: flow.roles, starts: new Set(flow.starts), ways, only };
}

function edgesOut(role: Role, isCutOff: (to: Role) => boolean): { at: Role['at']; message: string }[] {
  return role.edges
    .filter(({ type }) => type === 'delegates-to' || type === 'escalates-to')
    .flatMap((edge) => {
      const cutOff = targets(edge).filter(isCutOff);
      if (cutOff.length === 0) return [];
      return [{ at: edge.at, message: `the only way to ${cutOff.map(({ id }) => id).join(', ')}` }];
    });
}
