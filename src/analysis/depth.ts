import type { Team } from '../team/team.ts';
import { components } from './graph/components.ts';
import { relate } from './relation.ts';

/**
 * How many hand-overs can follow one another in a team: the longest path of delegation, where a ring of n roles counts
 * as n - 1 more, once around.
 */
export function delegationDepth(team: Team): number {
  const roles = [...team.roles.values()];
  const index = new Map(roles.map((role, at) => [role, at]));
  const edges = team.edges.filter(({ type }) => type === 'delegates-to');
  const { graph } = relate(edges, roles.length, (role) => index.get(role) ?? -1);
  const component = components(graph);
  const count = component.reduce((most, id) => Math.max(most, id + 1), 0);
  const size = new Int32Array(count);
  for (const id of component) size[id]!++;
  // Arcs between components lead from a higher id to a lower one, so each is finished before it is needed.
  const depth = Int32Array.from(size, (members) => members - 1);
  const order = Array.from({ length: graph.arcs }, (_, arc) => arc).sort(
    (a, b) => component[graph.from[a]!]! - component[graph.from[b]!]!,
  );
  for (const arc of order) {
    const from = component[graph.from[arc]!]!;
    const to = component[graph.to[arc]!]!;
    if (from !== to) depth[from] = Math.max(depth[from]!, depth[to]! + size[from]!);
  }
  return depth.reduce((most, value) => Math.max(most, value), 0);
}
