import type { LadderStep, Role } from '../../team/team.ts';
import type { Stage } from '../stage.ts';
import type { World } from '../world.ts';
import { endTalk } from './talk.ts';

/** An attempt, or the search for somebody to make it, fails with a class: the failure enters the ladder, or climbs on. */
export function fail(stage: Stage, index: number, failure: string, because?: string): void {
  if (stage.world.turns) {
    endTalk(stage, index, 'failed', because ?? failure, failure);
    return;
  }
  const task = stage.change(index);
  const holder = (task.role ?? task.owner)!.id;
  stage.emit('failed', index, () => ({ role: holder, class: failure, because }));
  task.climb = task.climb
    ? { ...task.climb, class: failure }
    : { class: failure, step: entryOf(stage.world, failure), part: 0, since: stage.now, holder, passed: [] };
  stage.later('climb', index);
}

/** The step of the ladder at which a class enters; behind the last one where none takes it. */
function entryOf({ team: { ladder } }: World, failure: string): number {
  const named = ladder.findIndex(({ when }) => when.includes(failure));
  const open = named === -1 ? ladder.findIndex(({ when }) => when.length === 0) : named;
  return open === -1 ? ladder.length : open;
}

/** Nobody helped on this step: the next one that takes the class has its turn. */
export function nextStep(stage: Stage, index: number, why: string): void {
  const task = stage.change(index);
  const climb = task.climb!;
  const { ladder } = stage.world.team;
  const found = ladder.findIndex(
    ({ when }, step) => step > climb.step && (when.length === 0 || when.includes(climb.class)),
  );
  const step = found === -1 ? ladder.length : found;
  const name = stepName(ladder[climb.step]);
  task.climb = { ...climb, step, part: 0, since: stage.now, passed: [...climb.passed, `${name}: ${why}`] };
  stage.later('climb', index);
}

/** What a step of the ladder is called. */
export function stepName(step: LadderStep | undefined): string {
  if (!step) return 'user';
  return step.name ?? (typeof step.by === 'string' ? step.by : 'person');
}

/** Tries the work again, or looks again for somebody to do it where nobody has it. */
export function again(stage: Stage, index: number): void {
  const { role, tries, owner } = stage.task(index);
  if (owner && (tries === 0 || !role)) stage.later('route', index);
  else stage.later('begin', index, stage.now, -1);
}

/** A role by the id of a holder. */
export function roleWithId({ team }: World, id: string): Role | undefined {
  return team.roles.get(id);
}
