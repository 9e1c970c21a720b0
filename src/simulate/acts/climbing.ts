import { wordsOf } from '../../team/condition.ts';
import { milliseconds } from '../../team/scenario-units.ts';
import { type LadderStep, type Person, personsOf, type Role, rolesOf, targets } from '../../team/team.ts';
import { between, whether } from '../choice.ts';
import type { Climb } from '../climb.ts';
import { whenThere } from '../clock.ts';
import { forAnybody } from '../job.ts';
import type { Key } from '../key.ts';
import { bestOf, edgesFor, type Route } from '../routes.ts';
import type { Stage } from '../stage.ts';
import { ASSUMED, backAt, behaviourOf } from '../world.ts';
import type { Player } from './act.ts';
import { endTask } from './ending.ts';
import { again, nextStep, roleWithId, stepName } from './failing.ts';
import { handOver } from './hand-over.ts';

/** A failure is on a step of the ladder: whoever handles it there has a turn, until it is mended or the step is used up. */
export const climb: Player = {
  play(stage, { task: index }) {
    const { climb: state } = stage.task(index);
    const step = stage.world.team.ladder[state!.step];
    if (!step || typeof step.by === 'object') {
      toPerson(stage, index, step);
      return;
    }
    if (stage.now > deadlineOf(step, state!)) {
      nextStep(stage, index, `not mended within ${step.timeout}`);
      return;
    }
    STEPS[step.by](stage, index, step, state!);
  },
};

type PlayStep = (stage: Stage, index: number, step: LadderStep, climb: Climb) => void;

const STEPS: Readonly<Record<Extract<LadderStep['by'], string>, PlayStep>> = {
  self: retry,
  peers: askPeers,
  delegator: askDelegator,
  'escalates-to': escalate,
};

function deadlineOf({ timeout }: LadderStep, { since }: Climb): number {
  return timeout === undefined ? Number.POSITIVE_INFINITY : since + milliseconds(timeout);
}

function moved(stage: Stage, index: number, change: Partial<Climb>): void {
  const task = stage.change(index);
  task.climb = { ...task.climb!, ...change };
}

/** Tells that a failure has come to a step, and what the steps below came to. */
function tell(stage: Stage, index: number, step: LadderStep | undefined, to: string, why?: string): void {
  const { role, owner, climb: state } = stage.task(index);
  const because = [...state!.passed, ...(why === undefined ? [] : [why])].join('; ');
  stage.emit('escalated', index, () => ({
    role: (role ?? owner)!.id,
    to,
    step: stepName(step),
    class: state!.class,
    text: step && step.do.length > 0 ? step.do.join('; ') : undefined,
    because: because === '' ? undefined : because,
    at: step && stage.world.team.ladderSaid ? step.at : undefined,
  }));
  moved(stage, index, { passed: [] });
}

function retry(stage: Stage, index: number, step: LadderStep, { part }: Climb): void {
  const { role, owner } = stage.task(index);
  if (part >= step.retries) {
    nextStep(stage, index, part === 0 ? 'no retry' : `${part === 1 ? 'one retry' : `${part} retries`} did not help`);
    return;
  }
  tell(stage, index, step, (role ?? owner)!.id, `retry ${part + 1} of ${step.retries}`);
  moved(stage, index, { part: part + 1 });
  again(stage, index);
}

/** The peers of a role for a class: those of the edges that name it, else of those without a condition. */
function peersFor(role: Role, failure: string): readonly Role[] {
  const edges = role.edges.filter(({ type, direction }) => type === 'collaborates-with' && direction !== 'out');
  const named = edges.filter(({ when }) => wordsOf(when).includes(failure));
  return rolesOf(
    (named.length > 0 ? named : edges.filter(({ when }) => when.length === 0)).flatMap(({ to }) => to),
  ).filter((peer) => peer !== role);
}

function askPeers(stage: Stage, index: number, step: LadderStep, { part, class: failure }: Climb): void {
  const { role, owner } = stage.task(index);
  const asking = (role ?? owner)!;
  const peers = peersFor(asking, failure);
  const isThere = ({ id }: Role): boolean => backAt(stage.world, id, stage.now) <= stage.now;
  const next = peers.findIndex((each, at) => at >= part && isThere(each));
  const peer = peers[next];
  if (peer) {
    if (part === 0) {
      const there = peers.filter(isThere).map(({ id }) => id);
      tell(stage, index, step, there.join(', '));
    }
    stage.emit('asked', index, () => ({ role: asking.id, to: peer.id, text: `What about ${failure}?` }));
    moved(stage, index, { part: next + 1, holder: asking.id });
    stage.spend(asking, 1);
    stage.later('consult', index, stage.now + ASSUMED.answer, next);
  } else if (part > 0 && part <= peers.length) {
    moved(stage, index, { part: peers.length + 1 });
    again(stage, index);
  } else
    nextStep(stage, index, part === 0 ? `${asking.id} has no peer for ${failure}` : 'what peers said did not help');
}

/** A peer answers. */
export const consult: Player = {
  play(stage, { task: index, part }) {
    const { role, owner, climb: state } = stage.task(index);
    const asking = (role ?? owner)!;
    const peer = peersFor(asking, state!.class)[part]!;
    stage.spend(peer, 1);
    stage.emit('answered', index, () => ({ by: peer.id, role: asking.id, text: 'advice' }));
    stage.later('climb', index);
  },
};

function askDelegator(stage: Stage, index: number, step: LadderStep, { part, class: failure }: Climb): void {
  const { owner, role } = stage.task(index);
  if (!owner || owner === role) {
    nextStep(stage, index, 'nobody handed it over');
    return;
  }
  const hopeless = failure === 'refused' || failure === 'unavailable';
  if (part === 0) turnTo(stage, index, step, owner);
  else if (part === 2 || (part === 1 && hopeless)) reassign(stage, index, owner);
  else nextStep(stage, index, `${owner.id} could not mend it`);
}

/** A role becomes the holder, and answers when it is there; past the deadline nobody waits for it. */
function turnTo(stage: Stage, index: number, step: LadderStep, role: Role, edgeWhy?: string): void {
  const state = stage.task(index).climb!;
  tell(stage, index, step, role.id, edgeWhy);
  moved(stage, index, { holder: role.id, part: 1 });
  const answers = backAt(stage.world, role.id, stage.now) + ASSUMED.answer;
  const deadline = deadlineOf(step, state);
  if (answers <= deadline && Number.isFinite(answers)) stage.later('answer', index, answers, 1);
  else if (Number.isFinite(deadline)) stage.later('answer', index, deadline, 0);
  else nextStep(stage, index, `${role.id} is not there`);
}

/** Whoever holds the failure answers: with guidance, after which it is tried again, or not in time. */
export const answer: Player = {
  play(stage, { task: index, part }) {
    const { climb: state, role, owner } = stage.task(index);
    const { class: failure, holder } = state!;
    const step = stage.world.team.ladder[state!.step];
    if (part === 0) {
      nextStep(stage, index, `no answer from ${holder} within ${step?.timeout}`);
      return;
    }
    const handler = roleWithId(stage.world, holder);
    if (handler) stage.spend(handler, 1);
    const reassigns = step?.by === 'delegator' && (failure === 'refused' || failure === 'unavailable');
    const takesOver = reassigns ? 'looks for somebody else' : 'guides';
    stage.emit('answered', index, () => ({ by: holder, role: (role ?? owner)!.id, text: takesOver }));
    if (reassigns) stage.later('climb', index);
    else {
      moved(stage, index, { part: 2 });
      again(stage, index);
    }
  },
};

/** The delegator gives the task to another role: the one that the refusing rule names, else another that fits. */
function reassign(stage: Stage, index: number, owner: Role): void {
  const found = anotherRoute(stage, index, owner);
  moved(stage, index, { part: 3 });
  if (found) {
    // Whom the plan named is no longer meant.
    const task = stage.change(index);
    task.job = forAnybody(task.job);
    handOver(stage, index, found);
  } else nextStep(stage, index, `${owner.id} has nobody else for it`);
}

function anotherRoute(stage: Stage, index: number, owner: Role): Route | undefined {
  const { job, edge, tried, instead, parent, role } = stage.task(index);
  const left = [...tried, ...(role ? [role.id] : [])];
  const without = { above: stage.task(parent).line, tried: left };
  const meant = instead === undefined || left.includes(instead) ? undefined : instead;
  const straight = owner.edges.findLast(
    (each) => each.type === 'delegates-to' && targets(each).some(({ id }) => id === meant),
  );
  if (straight)
    return {
      edge: straight,
      role: targets(straight).find(({ id }) => id === meant)!,
      why: `the rule names ${meant} instead`,
    };
  const own = owner.edges.filter(({ type }) => type === 'delegates-to');
  const edges = [
    ...(edge ? [edge] : []),
    ...edgesFor(stage, owner, job).edges.map((each) => each.edge),
    ...own.filter(({ when, keywords }) => when.length + keywords.length === 0),
    ...own.filter((each) => role !== undefined && targets(each).some((other) => shareSkills(role, other))),
  ];
  for (const each of edges) {
    const found = bestOf(stage, each, targets(each), `reassigned by ${owner.id}`, job, without);
    if (found && backAt(stage.world, found.role.id, stage.now) <= stage.now) return found;
  }
  return undefined;
}

/** Whether two roles know something in common, so that one can take over from the other. */
function shareSkills(one: Role, other: Role): boolean {
  const skills = Object.keys(other.fields.expertise ?? {});
  return Object.keys(one.fields.expertise ?? {}).some((skill) => skills.includes(skill));
}

function escalate(
  stage: Stage,
  index: number,
  step: LadderStep,
  { part, class: failure, holder, person }: Climb,
): void {
  const from = person ? undefined : roleWithId(stage.world, holder);
  if (part > 0) {
    nextStep(stage, index, `what ${holder} decided did not help`);
    return;
  }
  const [edge] = from ? stage.world.escalation.edges(from, failure) : [];
  const [role] = edge ? targets(edge) : [];
  const [human] = edge ? personsOf(edge.to) : [];
  if (role) turnTo(stage, index, step, role, edge?.because ?? `${holder} escalates to it`);
  else if (human) {
    tell(stage, index, step, human.id, edge?.because);
    moved(stage, index, { holder: human.id, part: 1, person: true });
    stage.later('ask-person', index, stage.now, 1);
  } else nextStep(stage, index, `${holder} has nobody to turn to`);
}

/** The end of the ladder: the person that the step names, or the user behind the last step. */
function toPerson(stage: Stage, index: number, step: LadderStep | undefined): void {
  const by = step && typeof step.by === 'object' && step.by.kind === 'person' ? step.by.person : undefined;
  if (step && !by?.human) {
    nextStep(stage, index, `${by?.id ?? 'nobody'} can't decide`);
    return;
  }
  const person = by ?? { id: 'user' };
  tell(stage, index, step, person.id);
  moved(stage, index, { holder: person.id, person: true });
  stage.later('ask-person', index);
}

function personOf(stage: Stage, index: number): Pick<Person, 'id'> {
  return { id: stage.task(index).climb!.holder };
}

function personKey(stage: Stage, index: number): Key {
  const { name, climb: state } = stage.task(index);
  return name.key.plus(`/step:${stepName(stage.world.team.ladder[state!.step])}`);
}

/** A person looks at a failure when there. */
export const askPerson: Player = {
  ask: (stage, { task }) =>
    between(personKey(stage, task).plus('/answers-in'), behaviourOf(stage.world, personOf(stage, task)).answersIn),
  play(stage, { task: index, part }, pick) {
    const person = personOf(stage, index);
    const { answersIn, hours } = behaviourOf(stage.world, person);
    const state = stage.task(index).climb!;
    const step = stage.world.team.ladder[state.step];
    const answers =
      whenThere(backAt(stage.world, person.id, stage.now), hours) + (pick === undefined ? answersIn[0] : Number(pick));
    const deadline = step ? deadlineOf(step, state) : Number.POSITIVE_INFINITY;
    if (answers <= deadline && Number.isFinite(answers)) stage.later('person', index, answers, part);
    else if (step && Number.isFinite(deadline)) stage.later('answer', index, deadline, 0);
    else if (step) nextStep(stage, index, `${person.id} is not there`);
    else endTask(stage, index, 'failed', `${person.id} is not there`);
  },
};

/** The person decides. At the end of the ladder the task ends with that; on the way it is tried once more. */
export const person: Player = {
  ask: (stage, { task }) =>
    whether(personKey(stage, task).plus('/decision'), 1 - behaviourOf(stage.world, personOf(stage, task)).approves),
  play(stage, { task: index, part }, pick) {
    const { id } = personOf(stage, index);
    const { role, owner } = stage.task(index);
    const refuses = pick === undefined ? behaviourOf(stage.world, { id }).approves <= 0 : pick === 'yes';
    const to = (role ?? owner)!.id;
    if (part === 1) {
      stage.emit('answered', index, () => ({ by: id, role: to, text: refuses ? 'no' : 'decides' }));
      if (refuses) nextStep(stage, index, `${id} says no`);
      else {
        moved(stage, index, { part: 2 });
        again(stage, index);
      }
    } else if (refuses) endTask(stage, index, 'failed', `${id} gives it up`);
    else endTask(stage, index, 'escalated', `${id} settles it`);
  },
};
