import { type Edge, type Person, personsOf, type Role, rolesOf } from '../../team/team.ts';
import { between, whether } from '../choice.ts';
import { whenThere } from '../clock.ts';
import type { SimEvent } from '../event.ts';
import type { Job, Part, Parts } from '../job.ts';
import { bare, partsFrom, rolesNamed } from '../job.ts';
import type { Key } from '../key.ts';
import { onceForTwo } from '../memo.ts';
import { partsOf } from '../plan.ts';
import { bestOf, edgesFor, edgeTo, hopTowards, type Route } from '../routes.ts';
import type { Stage } from '../stage.ts';
import type { Task } from '../task.ts';
import { backAt, behaviourOf } from '../world.ts';
import type { Player } from './act.ts';
import { fail } from './failing.ts';

/** A role has a task: it splits it, hands it on, or waits for a free slot to do it. */
export const arrive: Player = {
  play(stage, { task: index }) {
    if (stage.world.turns) {
      stage.later('turn', index);
      return;
    }
    const role = stage.task(index).role!;
    const parts = partsOf(stage, index);
    if (parts.parts.length > 0) {
      stage.spend(role, 1);
      split(stage, index, parts);
      return;
    }
    if (stage.world.postOf(role).mandatory) stage.change(index).note = 'did it itself, as none of its edges takes it';
    stage.later('begin', index, stage.now, -1);
  },
};

/** Adds the parts of a task; those that need nothing go on at once. */
export function split(stage: Stage, index: number, parts: Parts): void {
  const first = stage.state.tasks.length;
  for (const [position, part] of parts.parts.entries()) addPart(stage, index, part, parts.open[position]!);
  const task = stage.change(index);
  task.parts = parts;
  task.first = first;
  task.open = parts.parts.length;
  for (const [position, open] of parts.open.entries()) if (open === 0) stage.later('route', first + position);
  for (const position of parts.stuck) stage.later('end-blocked', first + position);
}

function addPart(stage: Stage, index: number, part: Part, open: number): void {
  const { name, parent, depth, taint } = stage.task(index);
  const task = stage.add(name.part(nameOf(stage, index, part), parent === -1), part.job, index);
  task.edge = part.edge;
  task.why = part.why;
  task.depth = depth;
  task.open = open;
  task.taint = taint;
}

/** A part is called as the plan calls it; what is only passed on is called by the role that will get it. */
function nameOf(stage: Stage, index: number, { job, edge }: Part): string {
  const { job: whole, line } = stage.task(index);
  if (job.id !== whole.id && job.source !== 'edge') return job.id;
  if (!edge) return rolesNamed(job)[0]?.id ?? 'part';
  const roles = stage.world.targetsOf(edge);
  return (bestOf(stage, edge, roles, '', job, { above: line })?.role ?? roles[0])?.id ?? 'part';
}

/** Whoever sees to a task looks for the one who does it. */
export const route: Player = {
  play(stage, { task: index }) {
    const { job, owner } = stage.task(index);
    if (isOwn(job, owner!)) {
      doItself(stage, index);
      return;
    }
    const found = routesFor(stage, index, owner!);
    if (typeof found === 'string') fail(stage, index, 'no-route', found);
    else if (found.length > 1) {
      stage.assign(index, owner!);
      split(stage, index, partsFrom(found.map(({ edge, why }) => ({ edge, why, job: bare(job) }))));
    } else if (found.length === 0) doItself(stage, index);
    else handOver(stage, index, found[0]!);
  },
};

/** Whoever sees to a task does it. */
function doItself(stage: Stage, index: number): void {
  stage.assign(index, stage.task(index).owner!);
  stage.later('begin', index, stage.now, -1);
}

function isOwn({ to, source }: Job, owner: Role): boolean {
  return (
    source === 'rest' ||
    to.some(
      (reference) =>
        (reference.kind === 'word' && reference.word === 'self') ||
        (reference.kind === 'role' && reference.role === owner),
    )
  );
}

/** The ways for a task: the one that was settled, one to a role that the plan names, or those of the edges that hold. A text says why there is none. */
function routesFor(stage: Stage, index: number, owner: Role): readonly Route[] | string {
  const { job, edge, why, parent, tried } = stage.task(index);
  const above = stage.task(parent).line;
  const best = (way: Edge, roles: readonly Role[], reason: string, line = above): readonly Route[] => {
    const found =
      bestOf(stage, way, roles, reason, job, { above: line, tried }) ??
      bestOf(stage, way, roles, reason, job, { above: line });
    return found ? [found] : [];
  };
  if (edge) return best(edge, stage.world.targetsOf(edge), why ?? 'the plan says so');
  if (rolesNamed(job).length > 0) {
    const way = wayToNamed(owner, job);
    if (typeof way === 'string') return way;
    const { straight, roles } = way;
    return best(way.edge, roles, way.why, straight ? stage.world.top : above);
  }
  return edgesFor(stage, owner, job).edges.flatMap((each) =>
    best(each.edge, stage.world.targetsOf(each.edge), each.why),
  );
}

interface WayToNamed {
  readonly edge: Edge;
  readonly roles: readonly Role[];
  readonly why: string;
  /** Whether the edge leads to the very roles that the plan names; these get it wherever they stand. */
  readonly straight: boolean;
}

/** The edge of a role that leads to those whom a plan names, or on the way there; a text says that none does. */
const wayToNamed = onceForTwo((owner: Role, job: Job): WayToNamed | string => {
  const named = rolesNamed(job);
  const names = named.map(({ id }) => id).join(' or ');
  const straight = edgeTo(owner, named);
  if (straight) {
    const roles = rolesOf(straight.to).filter((role) => named.includes(role));
    return { edge: straight, roles, why: 'the plan names it', straight: true };
  }
  const hop = hopTowards(owner, named);
  if (!hop) return `${owner.id} hands no work to ${names}, and nobody below does`;
  return { ...hop, why: `it leads to ${names}`, straight: false };
});

/** Hands a task over: refused where the team or a limit forbids it, asked where a person has to approve, else done. */
export function handOver(stage: Stage, index: number, { edge, role, why }: Route): void {
  const { world } = stage;
  const task = stage.change(index);
  const owner = task.owner!;
  task.edge = edge;
  task.why = why;
  stage.assign(index, role);
  const tooDeep = depthRefusal(stage, task.parent, owner);
  const { decision, why: because, at, held } = world.handOver(owner, role);
  if (tooDeep === 'limit') stage.end({ kind: 'limit', limit: 'depth', value: world.limits.depth! });
  else if (tooDeep) {
    refuse(stage, index, owner, role, tooDeep);
    doItself(stage, index);
  } else if (decision === 'deny') {
    refuse(stage, index, owner, role, { because, at, held });
    stage.unassign(index);
    fail(stage, index, 'refused', `${owner.id} may not hand work to ${role.id}`);
  } else if (decision === 'ask') stage.later('ask-edge', index);
  else delegated(stage, index);
}

function refuse(
  stage: Stage,
  index: number,
  { id }: Role,
  to: Role,
  reason: Pick<SimEvent, 'because' | 'at' | 'held'>,
): void {
  const call = { tool: 'delegate', argument: to.id, decision: 'deny' } as const;
  stage.emit('refused', index, () => ({ role: id, to: to.id, ...call, ...reason }));
}

/** Why a hand-over of a part of a task would be one too many. */
export function depthRefusal(
  stage: Stage,
  parent: number,
  owner: Role,
): 'limit' | { readonly because: string; readonly at?: Task['job']['at'] & object } | undefined {
  const { depth } = stage.task(parent);
  const { limits, rules } = stage.world;
  if (limits.depth !== undefined && depth + 1 > limits.depth) return 'limit';
  if (depth + 1 > rules.depth) return { because: `${rules.target} allows ${rules.depth} hand-overs below one another` };
  for (let at = parent; at !== -1; at = stage.task(at).parent) {
    const above = stage.task(at);
    const most = above.role?.fields.delegation?.depth;
    if (most !== undefined && depth + 1 - above.depth > most)
      return {
        because: `${above.role!.id} allows ${most} hand-over${most === 1 ? '' : 's'} from there on, and ${owner.id} would be one too many`,
        at: above.role!.place('delegation', 'depth'),
      };
  }
  return undefined;
}

/** The hand-over itself. */
export function delegated(stage: Stage, index: number): void {
  const task = stage.change(index);
  const { edge, role, why, job, parent } = task;
  const owner = task.owner!;
  stage.spend(owner, 1);
  task.depth = stage.task(parent).depth + 1;
  stage.emit('delegated', index, () => {
    const required = owner.fields.handoff?.required;
    const others = [...(edge?.with ?? []), ...job.with];
    const taking = [...rolesOf(others), ...personsOf(others)].map(({ id }) => id);
    return {
      role: role!.id,
      by: owner.id,
      text: job.text,
      because: why,
      at: edge?.at,
      context: edge?.context,
      required: required === undefined ? undefined : [required].flat(),
      with: taking.length > 0 ? taking : undefined,
    };
  });
  stage.later('arrive', index);
}

/** The person who must approve a hand-over; the user where the edge names none. */
function approverOf(stage: Stage, index: number): Pick<Person, 'id'> {
  const { edge } = stage.task(index);
  return edge?.approval?.kind === 'person' && edge.approval.person.human ? edge.approval.person : { id: 'user' };
}

/** Begins the keys of choices about a hand-over: each step of the ladder may ask anew. */
function handOverKey({ name, role, climb }: Task): Key {
  return name.key.plus(`/to:${role!.id}${climb ? `/step:${climb.step}.${climb.part}` : ''}`);
}

/** A person is asked before work is handed over. */
export const askEdge: Player = {
  ask: (stage, { task }) =>
    between(
      handOverKey(stage.task(task)).plus('/answers-in'),
      behaviourOf(stage.world, approverOf(stage, task)).answersIn,
    ),
  play(stage, { task: index }, pick) {
    const { role, owner, edge } = stage.task(index);
    const person = approverOf(stage, index);
    const { answersIn, hours } = behaviourOf(stage.world, person);
    stage.emit('asked', index, () => ({
      role: owner!.id,
      to: person.id,
      text: `May ${role!.id} have it?`,
      because: edge?.approval
        ? (edge.because ?? 'the edge needs an approval')
        : stage.world.handOver(owner!, role!).why,
      at: edge?.at,
    }));
    const there = whenThere(backAt(stage.world, person.id, stage.now), hours);
    if (Number.isFinite(there))
      stage.later('approve-edge', index, there + (pick === undefined ? answersIn[0] : Number(pick)));
    else {
      stage.unassign(index);
      fail(stage, index, 'unavailable', `${person.id} is not there`);
    }
  },
};

/** The person answers. */
export const approveEdge: Player = {
  ask: (stage, { task }) =>
    whether(
      handOverKey(stage.task(task)).plus('/approval'),
      1 - behaviourOf(stage.world, approverOf(stage, task)).approves,
    ),
  play(stage, { task: index }, pick) {
    const person = approverOf(stage, index);
    const { owner, role } = stage.task(index);
    const call = { tool: 'delegate', argument: role!.id } as const;
    const who = { by: person.id, role: owner!.id };
    const refuses = pick === undefined ? behaviourOf(stage.world, person).approves <= 0 : pick === 'yes';
    if (!refuses) {
      stage.emit('approved', index, () => ({ ...who, ...call }));
      delegated(stage, index);
      return;
    }
    const because = `${person.id} says no`;
    stage.emit('refused', index, () => ({ ...who, to: role!.id, ...call, decision: 'ask', because }));
    stage.unassign(index);
    fail(stage, index, 'refused', `${person.id} does not let ${role!.id} have it`);
  },
};
