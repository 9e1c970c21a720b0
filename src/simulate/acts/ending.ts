import type { End } from '../event.ts';
import { effectsOf } from '../modes.ts';
import type { Stage } from '../stage.ts';
import type { Task } from '../state.ts';
import type { Player } from './act.ts';
import { fail } from './failing.ts';
import { gatesOf } from './gates.ts';

/** A result comes before its gates, one after the other; past the last the task is done. */
export const gate: Player = {
  play(stage, { task: index, part }) {
    const task = stage.task(index);
    const gates = gatesOf(task);
    const name = gates[part];
    if (name === undefined) {
      stage.calm(index);
      endTask(stage, index, 'done');
      return;
    }
    const unseen = effectsOf(task.modes).find((effect) => effect.gates);
    if (task.flawed && !unseen) reject(stage, index, name);
    else {
      stage.emit('passed', index, {
        role: task.role!.id,
        gate: name,
        ...(task.owner ? { by: task.owner.id } : {}),
        ...(unseen ? { because: `it ${unseen.says}` } : {}),
      });
      if (task.owner) stage.spend(task.owner, part === 0 ? 1 : 0);
      stage.later('gate', index, stage.now, part + 1);
    }
  },
};

/** The gate finds what is wrong: the work is handed back as often as the edge lets it, then the failure climbs. */
function reject(stage: Stage, index: number, name: string): void {
  const { rounds, edge, role, owner } = stage.task(index);
  const most = edge?.maxRounds ?? 0;
  stage.set(index, { flawed: false });
  if (rounds >= most || !owner) {
    fail(stage, index, 'gate-failed', `the gate "${name}" found something${most > 0 ? `, after ${most} rounds` : ''}`);
    return;
  }
  stage.set(index, { rounds: rounds + 1 });
  stage.spend(owner, 1);
  stage.emit('failed', index, {
    role: role!.id,
    class: 'gate-failed',
    gate: name,
    because: `the gate "${name}" found something`,
  });
  stage.emit('answered', index, {
    by: owner.id,
    role: role!.id,
    text: `back for round ${rounds + 1} of ${most}`,
    ...(edge ? { at: edge.at } : {}),
  });
  stage.later('begin', index, stage.now, -1);
}

/** Ends a task, and lets those go on who waited for it. A failed one takes those along who need it. */
export function endTask(stage: Stage, index: number, end: End, because?: string): void {
  stage.set(index, { end });
  const task = stage.task(index);
  tellEnd(stage, task, index, end, because);
  if (task.parent === -1) {
    stage.over = { kind: end };
    return;
  }
  const parent = stage.task(task.parent);
  const ok = end !== 'failed' || task.job.optional;
  for (const sibling of parent.dependents.get(task.job.id) ?? []) release(stage, sibling, task, ok);
  const open = parent.open - 1;
  stage.set(task.parent, { open, taint: union(parent.taint, task.taint), flawed: parent.flawed || task.flawed });
  if (open > 0) return;
  const lost = parent.children
    .map((child) => stage.task(child))
    .find((child) => child.end === 'failed' && !child.job.optional);
  if (lost) endTask(stage, task.parent, 'failed', `"${lost.key}" failed`);
  else stage.later('gate', task.parent);
}

function tellEnd(
  stage: Stage,
  { role, owner, waited, worked, flawed, climb, note, children }: Task,
  index: number,
  end: End,
  because?: string,
): void {
  const who = (role ?? owner)?.id;
  const said = because ?? (children.length === 0 ? note : undefined);
  const reason = said === undefined ? {} : { because: said };
  const times = { waited, worked };
  if (end === 'done')
    stage.emit('done', index, { role: who!, end, ...times, ...reason, ...(flawed ? { flawed: true } : {}) });
  else if (end === 'escalated')
    stage.emit('answered', index, { role: who!, by: climb!.holder, text: 'settles it', end, ...reason });
  else
    stage.emit('failed', index, {
      ...(who === undefined ? {} : { role: who }),
      class: climb?.class ?? 'failed',
      end,
      ...reason,
    });
}

/** A task that was needed has ended. */
function release(stage: Stage, index: number, needed: Task, ok: boolean): void {
  const { open, taint, end } = stage.task(index);
  if (end) return;
  if (!ok) {
    stage.later('end-blocked', index);
    return;
  }
  const asks = effectsOf(needed.modes).some(({ withholds }) => withholds);
  stage.set(index, {
    open: open - 1,
    taint: union(taint, needed.taint),
    ...(asks ? { asksBack: needed.role!.id } : {}),
  });
  if (open === 1) stage.later('route', index);
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return b.every((item) => a.includes(item)) ? a : [...new Set([...a, ...b])];
}

/** Something that the task needs has failed, so it is never begun. */
export const endBlocked: Player = {
  play(stage, { task: index }) {
    const { end, job, parent } = stage.task(index);
    if (end) return;
    const lost = stage
      .task(parent)
      .children.map((child) => stage.task(child))
      .find((child) => child.end === 'failed' && job.needs.includes(child.job.id));
    const because = lost ? `it needs "${lost.key}", which failed` : `it needs "${job.needs[0]}", which waits for it`;
    endTask(stage, index, 'failed', because);
  },
};
