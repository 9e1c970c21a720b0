import { decide } from '../pattern/decide.ts';
import { hasTool, policyOf, type ToolPolicy } from '../team/policy.ts';
import { type Role, type Team, targets } from '../team/team.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { type Graph, graph } from './graph/graph.ts';
import { reachable } from './graph/reachable.ts';

type Arcs = readonly (readonly [from: number, to: number])[];

/** Whether a role says in as many words that people start it. */
export function isStarted({ fields }: Role): boolean {
  return fields.mode === 'primary' || fields.mode === 'all';
}

/** The ways that work takes through a team: by delegation, by escalation, or by switching roles. */
export interface WorkFlow {
  readonly roles: readonly Role[];
  /** The nodes are the roles by position, and behind them those that stand for shared rules. */
  readonly graph: Graph;
  /** Where work comes in: the entries, and the roles that people start. */
  readonly starts: readonly number[];
}

/** Collects the ways that work takes through a team. */
export function workFlow(team: Team): WorkFlow {
  const roles = [...team.roles.values()];
  const index = new Map(roles.map((role, position) => [role, position]));
  const handed = team.edges
    .filter(({ type }) => type === 'delegates-to' || type === 'escalates-to')
    .flatMap((edge) => targets(edge).map((to) => [index.get(edge.from) ?? -1, index.get(to) ?? -1] as const))
    .filter(([from, to]) => from !== -1 && to !== -1);
  const switched = switches(roles);
  const entries = new Set(team.entries);
  const starts = roles.flatMap((role, position) => (entries.has(role) || isStarted(role) ? [position] : []));
  return { roles, graph: graph(switched.nodes, [...handed, ...switched.arcs]), starts };
}

/**
 * The roles that work can get to from the entries and from those that people start: by delegation, by escalation, or by
 * switching roles. A role whose name is misspelt somewhere counts as well: that mistake is told where it is.
 */
export function entered(team: Team): ReadonlySet<Role> {
  const flow = workFlow(team);
  const named = new Set(misspelt(team));
  const starts = flow.roles.flatMap((role, position) => (named.has(role) ? [position] : []));
  const reached = reachable(flow.graph, [...flow.starts, ...starts]);
  return new Set(flow.roles.filter((_, position) => reached[position] === 1));
}

function misspelt(team: Team): readonly Role[] {
  return team.unresolved.flatMap(({ kind, name, candidates }) => {
    const meant = kind === 'role' ? didYouMean(name, candidates) : undefined;
    return (meant !== undefined && team.roles.get(meant)) || [];
  });
}

/**
 * Who may switch to whom. Roles that may switch to the same roles share a node in between, behind those of the roles,
 * so that a team in which everyone may switch to everyone stays linear.
 */
function switches(roles: readonly Role[]): { readonly nodes: number; readonly arcs: Arcs } {
  const hubs = new Map<string, { readonly node: number; readonly policy: ToolPolicy }>();
  const into = roles.flatMap((role, position) => {
    if (!hasTool(role, 'switch-role')) return [];
    const policy = policyOf(role, 'switch-role');
    const key = JSON.stringify(policy.lists);
    const hub = hubs.get(key) ?? { node: roles.length + hubs.size, policy };
    hubs.set(key, hub);
    return [[position, hub.node] as const];
  });
  const out = [...hubs.values()].flatMap(({ node, policy }) =>
    roles.flatMap(({ id }, position) => (decide(policy, id).decision === 'deny' ? [] : [[node, position] as const])),
  );
  return { nodes: roles.length + hubs.size, arcs: [...into, ...out] };
}
