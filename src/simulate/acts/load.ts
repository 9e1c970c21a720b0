import type { Post } from '../post.ts';
import { bookedShare } from '../routes.ts';
import type { Stage } from '../stage.ts';
import type { Watched, Watcher } from '../watcher.ts';

/** Tells of what a task more means: for the role that gets it, and for those who escalate when a load is too high. */
export function tellLoad(stage: Stage, index: number, post: Post): void {
  tellOwn(stage, index, post);
  for (const watcher of stage.world.watchers) tellWatcher(stage, index, watcher);
}

/** A task of a role has ended: what its load no longer comes to is told anew when it does. */
export function forgetLoad(stage: Stage, post: Post): void {
  const { warned } = stage.station(post.role);
  if (warned > 0) {
    const level = levelOf(bookedShare(stage, [post.role], 0), post);
    if (level < warned) stage.changeStation(post.role).warned = level;
  }
  for (const { key, conditions } of stage.world.watchers)
    if (stage.state.told.includes(key) && !heldBy(stage, conditions)) stage.tell(key, false);
}

/** An escalation edge that depends on a load: told once, each time that it comes to hold. */
function tellWatcher(stage: Stage, index: number, { key, edge, to, conditions }: Watcher): void {
  const held = heldBy(stage, conditions);
  if ((held !== undefined) === stage.state.told.includes(key)) return;
  stage.tell(key, held !== undefined);
  if (!held) return;
  stage.emit('escalated', index, () => ({
    role: edge.from.id,
    to,
    step: 'utilization',
    class: 'utilization',
    because: [whyHeld(stage, held), ...(edge.because === undefined ? [] : [edge.because])].join(': '),
    at: edge.at,
  }));
}

function heldBy(stage: Stage, conditions: readonly Watched[]): Watched | undefined {
  return conditions.find(({ measures }) =>
    measures.every(({ roles, during, isHeld }) => isHeld(bookedShare(stage, roles, during))),
  );
}

function whyHeld(stage: Stage, { measures }: Watched): string {
  return measures
    .map(({ of, roles, during }) => {
      const load = Math.round(bookedShare(stage, roles, during) * 100);
      return `utilization${of === undefined ? '' : ` of ${of}`} is ${load}%`;
    })
    .join(' and ');
}

/** Tells once that a role has more booked than it should, each time it comes to that. */
function tellOwn(stage: Stage, index: number, post: Post): void {
  const { role, warning, critical } = post;
  if (warning === Number.POSITIVE_INFINITY && critical === Number.POSITIVE_INFINITY) return;
  const load = bookedShare(stage, [role], 0);
  const level = levelOf(load, post);
  const station = stage.changeStation(role);
  const { warned } = station;
  station.warned = level;
  if (level <= warned) return;
  const mark = level === 2 ? 'critical' : 'warning';
  stage.emit('escalated', index, () => ({
    role: role.id,
    step: 'utilization',
    class: `utilization-${mark}`,
    because: `${Math.round(load * 100)}% of its day is booked, above the ${mark} mark of ${role.fields.capacity?.utilization?.[mark]}`,
    at: role.place('capacity', 'utilization', mark),
  }));
}

function levelOf(load: number, { warning, critical }: Post): number {
  return load > critical ? 2 : load > warning ? 1 : 0;
}
