import { effectsOn } from '../duty-of.ts';
import type { End } from '../event.ts';
import type { Stage } from '../stage.ts';
import type { Task } from '../task.ts';
import type { Player } from './act.ts';
import { fail } from './failing.ts';
import { gatesOf } from './gates.ts';
import { forgetLoad } from './load.ts';

/** A result comes before its gates, one after the other; past the last the task is done. */
export const gate: Player = {
  play(stage, { task: index, part }) {
    const task = stage.task(index);
    const { role, owner } = task;
    const name = gatesOf(task)[part];
    if (name === undefined) {
      stage.calm(index);
      endTask(stage, index, 'done');
      return;
    }
    const unseen = effectsOn(task).find((effect) => effect.gates);
    if (task.flawed && !unseen) {
      reject(stage, index, name);
      return;
    }
    const because = unseen && `it ${unseen.says}`;
    stage.emit('passed', index, () => ({ role: role!.id, gate: name, by: owner?.id, because }));
    if (owner) stage.spend(owner, part === 0 ? 1 : 0);
    stage.later('gate', index, stage.now, part + 1);
  },
};

/** The gate finds what is wrong: the work is handed back as often as the edge lets it, then the failure climbs. */
function reject(stage: Stage, index: number, name: string): void {
  const task = stage.change(index);
  const { edge, role, owner } = task;
  const most = edge?.maxRounds ?? 0;
  const because = `the gate "${name}" found something`;
  task.flawed = false;
  if (task.rounds >= most || !owner) {
    fail(stage, index, 'gate-failed', most > 0 ? `${because}, after ${most} rounds` : because);
    return;
  }
  const round = ++task.rounds;
  stage.spend(owner, 1);
  stage.emit('failed', index, () => ({ role: role!.id, class: 'gate-failed', gate: name, because }));
  const text = `back for round ${round} of ${most}`;
  stage.emit('answered', index, () => ({ by: owner.id, role: role!.id, text, at: edge?.at }));
  stage.later('begin', index, stage.now, -1);
}

/** Ends a task, and lets those go on who waited for it. A failed one takes those along who need it. */
export function endTask(stage: Stage, index: number, end: End, because?: string): void {
  const task = stage.change(index);
  task.end = end;
  if (task.role) forgetLoad(stage, stage.world.postOf(task.role));
  tellEnd(stage, task, index, end, because);
  if (task.parent === -1) {
    stage.end({ kind: end });
    return;
  }
  const parent = stage.change(task.parent);
  const ok = end !== 'failed' || task.job.optional;
  for (const position of parent.parts!.dependents.get(task.job.id) ?? [])
    release(stage, parent.first + position, task, ok);
  parent.open--;
  parent.taint = union(parent.taint, task.taint);
  parent.flawed ||= task.flawed;
  if (parent.open > 0) return;
  const lost = partsOf(stage, parent).find((part) => part.end === 'failed' && !part.job.optional);
  if (lost) endTask(stage, task.parent, 'failed', `"${lost.key}" failed`);
  else stage.later('gate', task.parent);
}

/** The tasks that a task was split into. */
function partsOf(stage: Stage, { parts, first }: Task): readonly Task[] {
  return stage.state.tasks.slice(first, first + (parts?.parts.length ?? 0));
}

function tellEnd(stage: Stage, task: Task, index: number, end: End, because?: string): void {
  const { role, owner, waited, worked, flawed, climb, note, parts } = task;
  const who = (role ?? owner)?.id;
  const reason = because ?? (parts ? undefined : note);
  if (end === 'done')
    stage.emit('done', index, () => ({
      role: who,
      end,
      waited,
      worked,
      because: reason,
      flawed: flawed ? true : undefined,
    }));
  else if (end === 'escalated')
    stage.emit('answered', index, () => ({ role: who, by: climb!.holder, text: 'settles it', end, because: reason }));
  else stage.emit('failed', index, () => ({ role: who, class: climb?.class ?? 'failed', end, because: reason }));
}

/** A task that was needed has ended. */
function release(stage: Stage, index: number, needed: Task, ok: boolean): void {
  if (stage.task(index).end) return;
  if (!ok) {
    stage.later('end-blocked', index);
    return;
  }
  const task = stage.change(index);
  task.open--;
  task.taint = union(task.taint, needed.taint);
  if (effectsOn(needed).some(({ withholds }) => withholds)) task.asksBack = needed.role!.id;
  if (task.open === 0) stage.later('route', index);
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return b.every((item) => a.includes(item)) ? a : [...new Set([...a, ...b])];
}

/** Something that the task needs has failed, so it is never begun. */
export const endBlocked: Player = {
  play(stage, { task: index }) {
    const { end, job, parent } = stage.task(index);
    if (end) return;
    const siblings = partsOf(stage, stage.task(parent));
    const lost = siblings.find((part) => part.end === 'failed' && job.needs.includes(part.job.id));
    const because = lost ? `it needs "${lost.key}", which failed` : `it needs "${job.needs[0]}", which waits for it`;
    endTask(stage, index, 'failed', because);
  },
};
