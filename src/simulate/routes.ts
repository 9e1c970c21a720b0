import { type Edge, type Role, targets } from '../team/team.ts';
import { DAY } from './clock.ts';
import { hasWord, type LoadOf, whyHolds } from './conditions.ts';
import type { Job } from './job.ts';
import type { Line } from './line.ts';
import { onceForTwo } from './memo.ts';
import type { Stage } from './stage.ts';
import type { ActKind } from './state.ts';
import { rolesCalled } from './watcher.ts';
import { backAt } from './world.ts';

/** A way for work: an edge that holds, the role that it goes to, and why. */
export interface Route {
  readonly edge: Edge;
  readonly role: Role;
  readonly why: string;
}

/** An edge that holds for some work. */
interface Holding {
  readonly edge: Edge;
  readonly why: string;
  /** Whether it has conditions; an edge without any is the fallback. */
  readonly specific: boolean;
}

/** The edges of a role that take a piece of work, and whether any of them has conditions. */
export interface Found {
  readonly job: Job;
  readonly edges: readonly Holding[];
  readonly specific: boolean;
}

/** The edges of a role that take a piece of work: the last that holds or, in parallel, all; the fallbacks where none holds. */
export function edgesFor(stage: Stage, role: Role, job: Job): Found {
  return stage.world.postOf(role).weighs ? edgesUnder(role, job, loadOf(stage)) : settledEdges(role, job);
}

const settledEdges = onceForTwo((role: Role, job: Job) => edgesUnder(role, job, () => 0));

function edgesUnder(role: Role, job: Job, load: LoadOf): Found {
  const holding = role.edges.flatMap((edge): readonly Holding[] => {
    if (edge.type !== 'delegates-to') return [];
    const why = whyTaken(edge, job, load);
    return why === undefined ? [] : [{ edge, why, specific: edge.keywords.length > 0 || edge.when.length > 0 }];
  });
  const specific = holding.filter((each) => each.specific);
  const candidates = specific.length > 0 ? specific : holding;
  const parallel = role.fields.delegation?.parallel === true;
  return { job, edges: parallel ? lastOfEach(candidates) : candidates.slice(-1), specific: specific.length > 0 };
}

/** Edges to the same roles take the work once: the last of them. */
function lastOfEach(holding: readonly Holding[]): readonly Holding[] {
  const key = ({ edge }: Holding): string =>
    targets(edge)
      .map(({ id }) => id)
      .join(' ');
  return holding.filter((each, index) => holding.findLastIndex((other) => key(other) === key(each)) === index);
}

function whyTaken({ keywords, when }: Edge, { text, labels }: Job, load: LoadOf): string | undefined {
  const word = keywords.find((keyword) => hasWord(text, keyword));
  if (keywords.length > 0 && word === undefined) return undefined;
  const reasons = when.map((condition) => whyHolds(condition, labels, load));
  const reason = reasons.find((each) => each !== undefined);
  if (when.length > 0 && reason === undefined) return undefined;
  const said = [...(word === undefined ? [] : [`the keyword "${word}"`]), ...(reason === undefined ? [] : [reason])];
  return said.length > 0 ? said.join(', and ') : 'no more specific edge takes it';
}

/** Who is left out when the best of several roles is looked for. */
export interface Without {
  /** Those above the work. */
  readonly above?: Line | undefined;
  /** By their ids. */
  readonly tried?: readonly string[];
}

/** The best of some roles: who is there, the expertise asked for, then the free capacity, then the order. The reason goes on from the edge's. */
export function bestOf(
  stage: Stage,
  edge: Edge,
  roles: readonly Role[],
  why: string,
  job: Job,
  { above, tried }: Without,
): Route | undefined {
  let best: Candidate | undefined;
  let second: Candidate | undefined;
  for (const role of roles) {
    if (above?.has(role) || tried?.includes(role.id)) continue;
    if (roles.length === 1) return { edge, role, why };
    const candidate = candidateFor(stage, role, job);
    if (!best || isBetter(candidate, best)) [best, second] = [candidate, best];
    else if (!second || isBetter(candidate, second)) second = candidate;
  }
  if (!best) return undefined;
  return { edge, role: best.role, why: second ? `${why}; ${whyBetter(best, second)}` : why };
}

interface Candidate {
  readonly role: Role;
  readonly isAway: boolean;
  readonly rank: number;
  readonly why: string | undefined;
  readonly free: number;
}

function candidateFor(stage: Stage, role: Role, job: Job): Candidate {
  const { rank, why } = stage.world.expertise(job, role);
  const isAway = backAt(stage.world, role.id, stage.now) > stage.now;
  return { role, isAway, rank, why, free: freeSlots(stage, role) };
}

/** Whether a candidate goes before one that stands earlier in the list. */
function isBetter(one: Candidate, other: Candidate): boolean {
  if (one.isAway !== other.isAway) return other.isAway;
  return one.rank !== other.rank ? one.rank > other.rank : one.free > other.free;
}

function whyBetter(best: Candidate, second: Candidate): string {
  if (best.rank > second.rank) return best.why!;
  return best.free > second.free ? 'has free hands' : 'comes first';
}

function freeSlots(stage: Stage, role: Role): number {
  const { slots } = stage.world.postOf(role);
  if (!Number.isFinite(slots)) return slots;
  const { busy, queue } = stage.station(role);
  const coming = stage.state.agenda.count(({ kind, task }) => COMING.has(kind) && stage.task(task).role === role);
  return slots - busy - queue.length - coming;
}

/** What is due of a task that a role is to have and has not begun. */
const COMING: ReadonlySet<ActKind> = new Set(['arrive', 'begin', 'ask-edge', 'approve-edge']);

/** The first hop on the shortest way of delegation from one role to any of some others: an edge, and those of its roles from which it goes on. */
export function hopTowards(
  from: Role,
  to: readonly Role[],
): { readonly edge: Edge; readonly roles: readonly Role[] } | undefined {
  const seen = new Set<Role>([from]);
  let front = edgesOf(from).flatMap((edge) => targets(edge).map((role) => ({ role, edge, hop: role })));
  while (front.length > 0) {
    const found = front.filter(({ role }) => to.includes(role));
    const edge = found[0]?.edge;
    if (edge) return { edge, roles: [...new Set(found.flatMap((each) => (each.edge === edge ? [each.hop] : [])))] };
    front = front.flatMap(({ role, edge: first, hop }) => {
      if (seen.has(role)) return [];
      seen.add(role);
      return edgesOf(role).flatMap((each) => targets(each).map((next) => ({ role: next, edge: first, hop })));
    });
  }
  return undefined;
}

/** The last edge of a role that leads straight to one of some roles. */
export function edgeTo(from: Role, to: readonly Role[]): Edge | undefined {
  return edgesOf(from).findLast((edge) => targets(edge).some((role) => to.includes(role)));
}

function edgesOf(role: Role): readonly Edge[] {
  return role.edges.filter(({ type }) => type === 'delegates-to');
}

/** The booked work of roles, as a share of what they can do in a day or in a longer stretch. */
export function loadOf(stage: Stage): LoadOf {
  return (name, during) => bookedShare(stage, rolesCalled(stage.world.team, name), during);
}

/** The work that is booked, as a share of what the roles can do in a day; for a longer stretch, of all that they can do in it. */
export function bookedShare(stage: Stage, roles: readonly Role[], during: number): number {
  let booked = 0;
  let able = 0;
  for (const role of roles) {
    booked += stage.station(role).booked;
    able += stage.world.postOf(role).able;
  }
  return able > 0 ? booked / (able * Math.max(1, during / DAY)) : 0;
}
