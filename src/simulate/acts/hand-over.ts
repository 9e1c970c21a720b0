import { type Edge, type Person, personsOf, type Role, rolesOf } from '../../team/team.ts';
import { whenThere } from '../clock.ts';
import type { SimEvent } from '../event.ts';
import type { Part, Parts } from '../plan.ts';
import { partsOf } from '../plan.ts';
import { bestOf, edgesFor, edgeTo, hopTowards, type Route, rolesAbove, rolesNamed } from '../routes.ts';
import type { Stage } from '../stage.ts';
import type { Job, Task } from '../state.ts';
import { backAt, behaviourOf } from '../world.ts';
import { between, type Player, whether } from './act.ts';
import { fail } from './failing.ts';

/** A role has a task: it splits it, hands it on, or waits for a free slot to do it. */
export const arrive: Player = {
  play(stage, { task: index }) {
    const task = stage.task(index);
    const role = task.role!;
    if (stage.world.turns) {
      stage.later('turn', index);
      return;
    }
    const { parts } = partsOf(stage, index, role);
    if (parts.length === 0) {
      if (role.fields.delegation?.mandatory === true)
        stage.set(index, { note: 'did it itself, as none of its edges takes it' });
      stage.later('begin', index, stage.now, -1);
      return;
    }
    stage.spend(role, 1);
    split(stage, index, parts);
  },
};

/** Adds the parts of a task; those that need nothing go on at once. */
export function split(stage: Stage, index: number, parts: Parts['parts']): void {
  const ids = new Set(parts.map(({ job }) => job.id));
  const children = parts.map((part) => stage.add(partTask(stage, index, part, ids)));
  const dependents = new Map<string, number[]>();
  for (const child of children)
    for (const need of stage.task(child).job.needs) dependents.set(need, [...(dependents.get(need) ?? []), child]);
  stage.set(index, { children, open: children.length, dependents });
  for (const child of children) if (stage.task(child).open === 0) stage.later('route', child);
  for (const child of waitingForever(stage, children, dependents)) stage.later('end-blocked', child);
}

/** Tasks of a plan that wait for each other, and those that wait for them. */
function waitingForever(stage: Stage, children: readonly number[], dependents: Task['dependents']): readonly number[] {
  const left = new Map(children.map((child) => [child, stage.task(child).open]));
  const settled = new Set(children.filter((child) => left.get(child) === 0));
  for (const child of settled)
    for (const next of dependents.get(stage.task(child).job.id) ?? []) {
      const open = left.get(next)! - 1;
      left.set(next, open);
      if (open === 0) settled.add(next);
    }
  return children.filter((child) => !settled.has(child));
}

/** A part is called as the plan calls it; what is only passed on is called by the role that will get it. */
function nameOf(stage: Stage, index: number, { job, edge, why }: Part): string {
  const parent = stage.task(index);
  if (job.id !== parent.job.id && job.source !== 'edge') return job.id;
  const best = edge && bestOf(stage, edge, why ?? '', job, rolesAbove(stage, index));
  return best?.role.id ?? (edge ? rolesOf(edge.to) : rolesNamed(job))[0]?.id ?? 'part';
}

function partTask(stage: Stage, index: number, part: Part, ids: ReadonlySet<string>): Task {
  const { job, edge, why } = part;
  const parent = stage.task(index);
  const name = nameOf(stage, index, part);
  return {
    key: parent.parent === -1 ? name : `${parent.key}/${name}`,
    job,
    parent: index,
    owner: parent.role!,
    depth: parent.depth,
    children: [],
    dependents: new Map(),
    open: job.needs.filter((need) => ids.has(need)).length,
    tries: 0,
    repeated: false,
    rounds: 0,
    modes: [],
    taint: parent.taint,
    flawed: false,
    tried: [],
    queuedAt: 0,
    beganAt: 0,
    waited: 0,
    worked: 0,
    ...(edge ? { edge } : {}),
    ...(why === undefined ? {} : { why }),
  };
}

/** Whoever sees to a task looks for the one who does it. */
export const route: Player = {
  play(stage, { task: index }) {
    const task = stage.task(index);
    const owner = task.owner!;
    if (isOwn(task.job, owner)) {
      stage.set(index, { role: owner });
      stage.later('begin', index, stage.now, -1);
      return;
    }
    const found = routesFor(stage, index, owner);
    if (typeof found === 'string') fail(stage, index, 'no-route', found);
    else if (found.length > 1) {
      stage.set(index, { role: owner });
      split(
        stage,
        index,
        found.map(({ edge, why }) => ({ edge, why, job: { ...task.job, needs: [], gates: [] } })),
      );
    } else if (found.length === 0) {
      stage.set(index, { role: owner });
      stage.later('begin', index, stage.now, -1);
    } else handOver(stage, index, found[0]!);
  },
};

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
  const above = rolesAbove(stage, parent);
  const best = (way: Edge, reason: string): readonly Route[] => {
    const found = bestOf(stage, way, reason, job, above, tried) ?? bestOf(stage, way, reason, job, above);
    return found ? [found] : [];
  };
  if (edge) return best(edge, why ?? 'the plan says so');
  const named = rolesNamed(job);
  if (named.length > 0) {
    const straight = edgeTo(owner, named);
    if (straight) return bestNamed(stage, index, straight, named);
    const hop = hopTowards(owner, named);
    if (!hop) return `${owner.id} hands no work to ${named.map(({ id }) => id).join(' or ')}, and nobody below does`;
    return best(hop, `it leads to ${named.map(({ id }) => id).join(' or ')}`);
  }
  return edgesFor(stage, owner, job).edges.flatMap((each) => best(each.edge, each.why));
}

/** The best of the roles that a plan names. */
function bestNamed(stage: Stage, index: number, edge: Edge, named: readonly Role[]): readonly Route[] {
  const { job, tried } = stage.task(index);
  const wanted = { ...edge, to: edge.to.filter((to) => to.kind !== 'role' || named.includes(to.role)) };
  const others = rolesOf(wanted.to)
    .filter((role) => !named.includes(role))
    .map(({ id }) => id);
  const why = 'the plan names it';
  const found =
    bestOf(stage, wanted, why, job, [], [...others, ...tried]) ?? bestOf(stage, wanted, why, job, [], others);
  return found ? [{ ...found, edge }] : [];
}

/** Hands a task over: refused where the team or a limit forbids it, asked where a person has to approve, else done. */
export function handOver(stage: Stage, index: number, { edge, role, why }: Route): void {
  const owner = stage.task(index).owner!;
  stage.set(index, { edge, why, role });
  const tooDeep = depthRefusal(stage, stage.task(index).parent, owner);
  const { decision, why: because, at, held } = stage.world.rules.call(owner, 'delegate', role.id);
  if (tooDeep === 'limit') stage.over = { kind: 'limit', limit: 'depth', value: stage.world.limits.depth! };
  else if (tooDeep) {
    refuse(stage, index, owner, role, tooDeep);
    stage.set(index, { role: owner });
    stage.later('begin', index, stage.now, -1);
  } else if (decision === 'deny') {
    refuse(stage, index, owner, role, { because, at, ...(held ? { held } : {}) });
    stage.unassign(index);
    fail(stage, index, 'refused', `${owner.id} may not hand work to ${role.id}`);
  } else if (decision === 'ask') stage.later('ask-edge', index);
  else delegated(stage, index);
}

function refuse(stage: Stage, index: number, owner: Role, role: Role, reason: Partial<SimEvent>): void {
  const call = { tool: 'delegate', argument: role.id, decision: 'deny' } as const;
  stage.emit('refused', index, { role: owner.id, to: role.id, ...call, ...reason });
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
  const { edge, role, owner, parent, why, job } = stage.task(index);
  const required = owner!.fields.handoff?.required;
  const others = [...rolesOf([...(edge?.with ?? []), ...job.with]), ...personsOf([...(edge?.with ?? []), ...job.with])];
  stage.spend(owner!, 1);
  stage.set(index, { depth: stage.task(parent).depth + 1 });
  stage.emit('delegated', index, {
    role: role!.id,
    by: owner!.id,
    text: job.text,
    ...(why === undefined ? {} : { because: why }),
    ...(edge ? { at: edge.at } : {}),
    ...(edge?.context ? { context: edge.context } : {}),
    ...(required === undefined ? {} : { required: [required].flat() }),
    ...(others.length > 0 ? { with: others.map(({ id }) => id) } : {}),
  });
  stage.later('arrive', index);
}

/** The person who must approve a hand-over; the user where the edge names none. */
function approverOf(stage: Stage, index: number): Pick<Person, 'id'> {
  const { edge } = stage.task(index);
  return edge?.approval?.kind === 'person' && edge.approval.person.human ? edge.approval.person : { id: 'user' };
}

/** The name of a hand-over in the keys of choices: each step of the ladder may ask anew. */
function handOverKey(stage: Stage, index: number): string {
  const { key, role, climb } = stage.task(index);
  return `task:${key}/to:${role!.id}${climb ? `/step:${climb.step}.${climb.part}` : ''}`;
}

/** A person is asked before work is handed over. */
export const askEdge: Player = {
  ask: (stage, { task }) =>
    between(`${handOverKey(stage, task)}/answers-in`, behaviourOf(stage.world, approverOf(stage, task)).answersIn),
  play(stage, { task: index }, pick) {
    const { role, owner, edge } = stage.task(index);
    const person = approverOf(stage, index);
    const { answersIn, hours } = behaviourOf(stage.world, person);
    stage.emit('asked', index, {
      role: owner!.id,
      to: person.id,
      text: `May ${role!.id} have it?`,
      because: edge?.approval
        ? (edge.because ?? 'the edge needs an approval')
        : stage.world.rules.call(owner!, 'delegate', role!.id).why,
      ...(edge ? { at: edge.at } : {}),
    });
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
    whether(`${handOverKey(stage, task)}/approval`, 1 - behaviourOf(stage.world, approverOf(stage, task)).approves),
  play(stage, { task: index }, pick) {
    const person = approverOf(stage, index);
    const { owner, role } = stage.task(index);
    const refuses = pick === undefined ? behaviourOf(stage.world, person).approves <= 0 : pick === 'yes';
    if (!refuses) {
      stage.emit('approved', index, { by: person.id, role: owner!.id, tool: 'delegate', argument: role!.id });
      delegated(stage, index);
      return;
    }
    stage.emit('refused', index, {
      by: person.id,
      role: owner!.id,
      to: role!.id,
      tool: 'delegate',
      argument: role!.id,
      decision: 'ask',
      because: `${person.id} says no`,
    });
    stage.unassign(index);
    fail(stage, index, 'refused', `${person.id} does not let ${role!.id} have it`);
  },
};
