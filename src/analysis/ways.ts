import type { Role } from '../team/team.ts';
import { reachable } from './graph/reachable.ts';
import { type HandOver, type HandOvers, handOvers } from './hand-over.ts';
import { type FoundCall, type Probe, probesOf } from './probes.ts';

/** One way to a call: the hand-overs, none where the role makes it itself, and the call that the last role may make. */
export interface Way {
  readonly from: Role;
  readonly handOvers: readonly HandOver[];
  readonly by: Role;
  readonly call: FoundCall;
}

/** All ways to a call, the shortest first. */
export interface Ways {
  readonly ways: readonly Way[];
  /** Whether there are more than were asked for, or than could be looked at. */
  readonly cut: boolean;
  /** The roles of which could not be found out whether they may make such a call themselves. */
  readonly undecided: readonly Role[];
}

/** Which ways to look for: from every role or from one of them, and how many at most. */
export interface WaysWanted {
  readonly probe: Probe;
  readonly from?: Role;
  readonly most: number;
}

/** How many beginnings are looked at before the search gives up. */
const MOST_STEPS = 200_000;

/**
 * Finds every way in which roles get a call made, over delegation and over switching roles, each without a role that comes twice. Where one role
 * gets to another in several ways, the one that asks nobody counts.
 */
export function waysTo(roles: readonly Role[], { probe, from, most }: WaysWanted): Ways {
  const index = new Map(roles.map((role, position) => [role, position]));
  const over = handOvers(roles, (role) => index.get(role) ?? -1, false);
  const own = probesOf().answers(roles, probe, false);
  const start = from && index.get(from);
  const fits = start === undefined ? undefined : reachable(over.graph, [start]);
  const isUseful = (node: number): boolean => fits === undefined || fits[node] === 1;
  const ends = roles.flatMap((role, node): readonly Tail[] => {
    const call = own(role);
    return typeof call === 'object' && isUseful(node) ? [{ node, end: { by: role, call } }] : [];
  });
  const { tails, cut } = extend(
    ends,
    arrivals(over, roles),
    isUseful,
    (node) => start === undefined || node === start,
    most,
  );
  return {
    ways: tails.map((tail) => wayOf(tail, roles)),
    cut,
    undecided: roles.filter((role, node) => isUseful(node) && own(role) === 'undecided'),
  };
}

/** The end of a way: where it stands, and what follows. */
interface Tail {
  readonly node: number;
  readonly end: Pick<Way, 'by' | 'call'>;
  readonly step?: HandOver;
  readonly rest?: Tail;
}

/** Goes back from the ends, breadth first, until enough ways are complete. */
function extend(
  ends: readonly Tail[],
  into: (node: number) => ReadonlyMap<number, HandOver>,
  isUseful: (node: number) => boolean,
  isStart: (node: number) => boolean,
  most: number,
): { readonly tails: readonly Tail[]; readonly cut: boolean } {
  const queue = [...ends];
  const tails: Tail[] = [];
  for (let at = 0; at < queue.length; at++) {
    const tail = queue[at]!;
    if (isStart(tail.node)) {
      if (tails.length === most) return { tails, cut: true };
      tails.push(tail);
    }
    for (const [node, step] of into(tail.node)) {
      if (!isUseful(node) || passes(tail, node)) continue;
      if (queue.length >= MOST_STEPS) return { tails, cut: true };
      queue.push({ node, end: tail.end, step, rest: tail });
    }
  }
  return { tails, cut: false };
}

function passes(tail: Tail, node: number): boolean {
  for (let at: Tail | undefined = tail; at; at = at.rest) if (at.node === node) return true;
  return false;
}

function wayOf(tail: Tail, roles: readonly Role[]): Way {
  const steps: HandOver[] = [];
  for (let at: Tail | undefined = tail; at?.step; at = at.rest) steps.push(at.step);
  return { from: roles[tail.node]!, handOvers: steps, ...tail.end };
}

/** Answers by node who hands over to it, and how. */
function arrivals(over: HandOvers, roles: readonly Role[]): (node: number) => ReadonlyMap<number, HandOver> {
  const known = new Map<number, ReadonlyMap<number, HandOver>>();
  return (node) => {
    const found = known.get(node) ?? arrivalsAt(node, over, roles.length);
    known.set(node, found);
    return found;
  };
}

function arrivalsAt(node: number, over: HandOvers, size: number): ReadonlyMap<number, HandOver> {
  const found = new Map<number, HandOver>();
  const note = (from: number, walk: readonly number[]): void => {
    const [step] = over.along(walk);
    const before = found.get(from);
    if (step && (!before || (before.asked && !step.asked))) found.set(from, step);
  };
  for (const arc of arcsInto(node, over)) {
    const from = over.graph.from[arc]!;
    if (from < size) note(from, [arc]);
    // A node behind those of the roles stands for a shared rule: whoever leads there gets here.
    else for (const first of arcsInto(from, over)) note(over.graph.from[first]!, [first, arc]);
  }
  return found;
}

function arcsInto(node: number, { arriving }: HandOvers): readonly number[] {
  return [...arriving.order.subarray(arriving.first[node]!, arriving.first[node + 1]!)];
}
