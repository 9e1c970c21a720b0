import { decide } from '../pattern/decide.ts';
import { type Decision, stricter } from '../pattern/policy.ts';
import { hasTool, policyOf, type ToolPolicy } from '../team/policy.ts';
import { type Edge, type Role, targets } from '../team/team.ts';
import type { Place } from '../text/place.ts';
import { type Graph, graph, reverse } from './graph/graph.ts';

/** One way in which a role has another one act: it delegates to it, or becomes it. */
export interface HandOver {
  readonly from: Role;
  readonly to: Role;
  readonly by: 'delegates-to' | 'switch-role';
  /** Whether a person is asked first. */
  readonly asked: boolean;
  readonly at: Place;
}

/** The hand-overs of a team as a graph. The nodes are its roles by position, and behind them those that stand for shared rules. */
export interface HandOvers {
  readonly graph: Graph;
  readonly arriving: Graph;
  /** The arcs of the graph, in its order. */
  readonly arcs: readonly HandOverArc[];
  /** The hand-overs on a walk, given its arcs. */
  along(arcs: readonly number[]): readonly HandOver[];
}

/** An arc of that graph; its ends are positions of roles, or of nodes that stand for shared rules. */
export interface HandOverArc {
  readonly from: number;
  readonly to: number;
  readonly asked: boolean;
  readonly by: HandOver['by'];
  /** Where the edge or the tool was given; nothing on the way out of a shared node. */
  readonly at?: Place;
}

/** Collects every hand-over that is not denied; unasked: only those that no person is asked about. */
export function handOvers(roles: readonly Role[], indexOf: (role: Role) => number, unasked: boolean): HandOvers {
  const switching = switches(roles);
  const arcs = [...delegations(roles, indexOf), ...switching.arcs].filter(({ asked }) => !(unasked && asked));
  const made = graph(
    switching.nodes,
    arcs.map(({ from, to }) => [from, to] as const),
  );
  return {
    graph: made,
    arriving: reverse(made),
    arcs,
    along: (walk) => steps(walk, arcs, roles),
  };
}

function steps(walk: readonly number[], arcs: readonly HandOverArc[], roles: readonly Role[]): readonly HandOver[] {
  return walk.flatMap((number, position) => {
    const arc = arcs[number]!;
    if (!arc.at) return [];
    // A switch goes over a shared node: what is behind it is the role, and may be asked about.
    const out = arc.to < roles.length ? arc : arcs[walk[position + 1]!]!;
    return [{ from: roles[arc.from]!, to: roles[out.to]!, by: arc.by, asked: out.asked, at: arc.at }];
  });
}

function delegations(roles: readonly Role[], indexOf: (role: Role) => number): readonly HandOverArc[] {
  return roles.flatMap((role, from) => {
    const edges = role.edges.filter(({ type }) => type === 'delegates-to');
    if (edges.length === 0) return [];
    const ruled = decisions({ lists: policyOf(role, 'delegate').lists.slice(1) });
    return edges.flatMap((edge) =>
      targets(edge).flatMap((target): readonly HandOverArc[] => {
        const to = indexOf(target);
        const decision = stricter(approved(edge), ruled(target.id));
        if (to === -1 || decision === 'deny') return [];
        return [{ from, to, asked: decision === 'ask', by: 'delegates-to', at: edge.at }];
      }),
    );
  });
}

/** An outsider can't approve, so an edge that names one is as free as any other. */
function approved({ approval }: Edge): Decision {
  return approval && (approval.kind !== 'person' || approval.person.human) ? 'ask' : 'allow';
}

function decisions(policy: Pick<ToolPolicy, 'lists'>): (role: string) => Decision {
  const silent = policy.lists.every(({ rules }) => rules.length === 0);
  return silent ? () => policy.lists[0]?.otherwise ?? 'allow' : (role) => decide(policy, role).decision;
}

/**
 * Who may switch to whom. Roles that may switch to the same roles share a node in between, so that a team in which everyone
 * may switch to everyone stays linear.
 */
function switches(roles: readonly Role[]): { readonly nodes: number; readonly arcs: readonly HandOverArc[] } {
  const shared = new Map<string, { readonly node: number; readonly policy: ToolPolicy }>();
  const into = roles.flatMap((role, from): readonly HandOverArc[] => {
    if (!hasTool(role, 'switch-role')) return [];
    const policy = policyOf(role, 'switch-role');
    const key = JSON.stringify(policy.lists);
    const hub = shared.get(key) ?? { node: roles.length + shared.size, policy };
    shared.set(key, hub);
    const at = role.grants.find(({ tool }) => tool === 'switch-role')?.at ?? role.at;
    return [{ from, to: hub.node, asked: false, by: 'switch-role', at }];
  });
  const out = [...shared.values()].flatMap(({ node, policy }) => {
    const decided = decisions(policy);
    return roles.flatMap(({ id }, to): readonly HandOverArc[] => {
      const decision = decided(id);
      return decision === 'deny' ? [] : [{ from: node, to, asked: decision === 'ask', by: 'switch-role' }];
    });
  });
  return { nodes: roles.length + shared.size, arcs: [...into, ...out] };
}
