import { type Edge, personsOf, type Role, targets } from '../../team/team.ts';
import { whyHolds } from '../conditions.ts';
import { bookedShare, loadOf } from '../routes.ts';
import type { Stage } from '../stage.ts';

/** Tells of what a task more means: for the role that gets it, and for those who escalate when a load is too high. */
export function tellLoad(stage: Stage, index: number, role: Role): void {
  tellOwn(stage, index, role);
  for (const watcher of stage.world.watchers) tellWatcher(stage, index, watcher);
}

/** An escalation edge that depends on a load: told once, each time that it comes to hold. */
function tellWatcher(stage: Stage, index: number, edge: Edge): void {
  const load = loadOf(stage);
  const why = edge.when.map((condition) => whyHolds(condition, {}, load)).find((each) => each !== undefined);
  const key = `${edge.from.id} ${edge.at.pointer.join('/')}`;
  const told = stage.told.has(key);
  if ((why !== undefined) === told) return;
  stage.tell(key, why !== undefined);
  if (why === undefined) return;
  const to = targets(edge)[0]?.id ?? personsOf(edge.to)[0]?.id;
  const because = [why, ...(edge.because === undefined ? [] : [edge.because])].join(': ');
  stage.emit('escalated', index, {
    role: edge.from.id,
    ...(to === undefined ? {} : { to }),
    step: 'utilization',
    class: 'utilization',
    because,
    at: edge.at,
  });
}

/** Tells once that a role has more booked than it should, each time it comes to that. */
function tellOwn(stage: Stage, index: number, role: Role): void {
  const marks = role.fields.capacity?.utilization;
  if (!marks) return;
  const load = bookedShare(stage, [role], 0);
  const over = (mark: string | undefined): boolean => mark !== undefined && load > Number(mark.replace('%', '')) / 100;
  const level = over(marks.critical) ? 2 : over(marks.warning) ? 1 : 0;
  const { warned } = stage.station(role);
  if (level !== warned) stage.setStation(role, { warned: level });
  if (level <= warned) return;
  const mark = level === 2 ? 'critical' : 'warning';
  const because = `${Math.round(load * 100)}% of its day is booked, above the ${mark} mark of ${marks[mark]}`;
  stage.emit('escalated', index, {
    role: role.id,
    step: 'utilization',
    class: `utilization-${mark}`,
    because,
    at: role.place('capacity', 'utilization', mark),
  });
}
