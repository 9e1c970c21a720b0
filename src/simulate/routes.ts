import { type Edge, type Role, rolesOf, targets } from '../team/team.ts';
import { DAY, workTime } from './clock.ts';
import { expertiseFor, hasWord, type LoadOf, whyHolds } from './conditions.ts';
import type { Stage } from './stage.ts';
import type { Job } from './state.ts';
import { backAt, capacityOf } from './world.ts';

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

/** The edges of a role that take a piece of work: the last that holds or, in parallel, all; the fallbacks where none holds. */
export function edgesFor(
  stage: Stage,
  role: Role,
  job: Job,
): { readonly edges: readonly Holding[]; readonly specific: boolean } {
  const load = loadOf(stage);
  const holding = role.edges.flatMap((edge): readonly Holding[] => {
    if (edge.type !== 'delegates-to') return [];
    const why = whyTaken(edge, job, load);
    return why === undefined ? [] : [{ edge, why, specific: edge.keywords.length > 0 || edge.when.length > 0 }];
  });
  const specific = holding.filter((each) => each.specific);
  const candidates = specific.length > 0 ? specific : holding;
  const parallel = role.fields.delegation?.parallel === true;
  return { edges: parallel ? lastOfEach(candidates) : candidates.slice(-1), specific: specific.length > 0 };
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
  return said.length > 0 ? said.join(', and ') : 'nothing more special fits';
}

/** The best of an edge's roles: the expertise asked for, then the free capacity, then the order. Roles above the work are left out. */
export function bestOf(
  stage: Stage,
  edge: Edge,
  why: string,
  job: Job,
  above: readonly Role[],
  without: readonly string[] = [],
): Route | undefined {
  const roles = targets(edge).filter((role) => !above.includes(role) && !without.includes(role.id));
  const ranked = roles.map((role) => ({
    role,
    away: backAt(stage.world, role.id, stage.now) > stage.now ? 1 : 0,
    expertise: expertiseFor(role, job.labels, job.text),
    free: freeSlots(stage, role),
  }));
  ranked.sort(
    (a, b) => a.away - b.away || b.expertise.rank - a.expertise.rank || (a.free === b.free ? 0 : b.free - a.free),
  );
  const [best, second] = ranked;
  if (!best) return undefined;
  const among =
    ranked.length < 2
      ? ''
      : best.expertise.rank > (second?.expertise.rank ?? 0)
        ? `; ${best.expertise.why}`
        : best.free > (second?.free ?? 0)
          ? '; has free hands'
          : '; comes first';
  return { edge, role: best.role, why: why + among };
}

function freeSlots(stage: Stage, role: Role): number {
  const { busy, queue } = stage.station(role);
  return capacityOf(role).slots - busy - queue.length;
}

/** The roles that hold a task and those that it is a part of, the nearest first. */
export function rolesAbove(stage: Stage, index: number): readonly Role[] {
  const roles: Role[] = [];
  for (let at = index; at !== -1; at = stage.task(at).parent) {
    const { role } = stage.task(at);
    if (role) roles.push(role);
  }
  return roles;
}

/** The first hop on the shortest way of delegation from one role to any of some others. */
export function hopTowards(from: Role, to: readonly Role[]): Edge | undefined {
  const seen = new Set<Role>([from]);
  let front = edgesOf(from).flatMap((edge) => targets(edge).map((role) => ({ role, first: edge })));
  while (front.length > 0) {
    const found = front.find(({ role }) => to.includes(role));
    if (found) return found.first;
    front = front.flatMap(({ role, first }) => {
      if (seen.has(role)) return [];
      seen.add(role);
      return edgesOf(role).flatMap((edge) => targets(edge).map((next) => ({ role: next, first })));
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

/** The roles that a plan names for a job. */
export function rolesNamed(job: Job): readonly Role[] {
  return rolesOf(job.to);
}

/** The booked work of roles, as a share of what they can do in a day or in a longer stretch. */
export function loadOf(stage: Stage): LoadOf {
  const { team } = stage.world;
  return (name, during) => {
    const group = name === undefined ? undefined : team.groups.get(name);
    const role = name === undefined ? undefined : team.roles.get(name);
    return bookedShare(stage, group?.members ?? (role ? [role] : []), during);
  };
}

/** The work that is booked, as a share of what the roles can do in a day; for a longer stretch, of all that they can do in it. */
export function bookedShare(stage: Stage, roles: readonly Role[], during: number): number {
  let booked = 0;
  let able = 0;
  for (const role of roles) {
    const { slots, hours } = capacityOf(role);
    booked += stage.station(role).booked;
    able += slots * workTime(0, DAY, hours);
  }
  return Number.isFinite(able) && able > 0 ? booked / (able * Math.max(1, during / DAY)) : 0;
}
