import type { Role } from '../team/team.ts';
import { AT_TARGET, NOWHERE, nearest } from './graph/nearest.ts';
import { reachable } from './graph/reachable.ts';
import { type HandOver, type HandOvers, handOvers } from './hand-over.ts';
import { type Found, type FoundCall, type Probe, type Probes, probesOf } from './probes.ts';

/** How a role gets to make a call: the hand-overs, none where it makes the call itself, and who makes it. */
export interface Reach {
  readonly path: readonly HandOver[];
  readonly by: Role;
  readonly call: FoundCall;
}

/**
 * What the roles of a team may do. Authority flows over delegation and over switching roles, not over messages; a role that is handed work
 * acts with its own permissions, whoever hands it over: so it is on every platform. Unasked: without a person who is asked or approves.
 */
export interface Authority {
  readonly probes: Probes;
  /** What roles may do themselves. */
  own(roles: readonly Role[], probe: Probe, unasked: boolean): (role: Role) => Found;
  /** What a role may do itself or have done, over a shortest path. */
  reached(probe: Probe, unasked: boolean): (role: Role) => Reach | 'none' | 'undecided';
  /** The shortest path over which one role gets another one to act. */
  path(from: Role, to: Role, unasked: boolean): readonly HandOver[] | undefined;
  /** The roles that a role gets to act, itself among them. */
  actors(from: Role, unasked: boolean): readonly Role[];
}

/** Prepares the answers. The graph of hand-overs is made once, and each probe costs one search over it. */
export function authorityOf(roles: readonly Role[], indexOf: (role: Role) => number): Authority {
  const probes = probesOf();
  const made = new Map<boolean, HandOvers>();
  const over = (unasked: boolean): HandOvers => {
    const known = made.get(unasked) ?? handOvers(roles, indexOf, unasked);
    made.set(unasked, known);
    return known;
  };
  return {
    probes,
    own: (some, probe, unasked) => probes.answers(some, probe, unasked),
    reached: (probe, unasked) => reachedOver(over(unasked), probes.answers(roles, probe, unasked), roles, indexOf),
    path(from, to, unasked) {
      const ways = over(unasked);
      const walk = walkFrom(indexOf(from), nearest(ways.graph, ways.arriving, [indexOf(to)]), ways);
      return walk && ways.along(walk);
    },
    actors(from, unasked) {
      const found = reachable(over(unasked).graph, [indexOf(from)]);
      return roles.filter((_, position) => found[position] === 1);
    },
  };
}

function reachedOver(
  ways: HandOvers,
  own: (role: Role) => Found,
  roles: readonly Role[],
  indexOf: (role: Role) => number,
): (role: Role) => Reach | 'none' | 'undecided' {
  const calls = roles.map(own);
  const positions = (fits: (found: Found) => boolean): readonly number[] =>
    calls.flatMap((found, position) => (fits(found) ? [position] : []));
  const next = nearest(
    ways.graph,
    ways.arriving,
    positions((found) => typeof found === 'object'),
  );
  const open = positions((found) => found === 'undecided');
  const unclear = open.length > 0 ? reachable(ways.arriving, open) : undefined;
  return (role) => {
    const from = indexOf(role);
    const walk = walkFrom(from, next, ways);
    if (!walk) return unclear?.[from] ? 'undecided' : 'none';
    const path = ways.along(walk);
    const by = path.at(-1)?.to ?? role;
    return { path, by, call: calls[indexOf(by)] as FoundCall };
  };
}

/** The arcs that lead from a node to the nearest target. */
function walkFrom(from: number, next: Int32Array, { graph }: HandOvers): readonly number[] | undefined {
  if (next[from] === NOWHERE) return undefined;
  const walk: number[] = [];
  for (let node = from; next[node] !== AT_TARGET; node = graph.to[next[node]!]!) walk.push(next[node]!);
  return walk;
}
