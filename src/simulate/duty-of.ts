import { range } from '../team/scenario-units.ts';
import type { Role } from '../team/team.ts';
import { attemptsOf } from './attempted.ts';
import type { Option } from './choice.ts';
import type { Attempted, Duty, ModeFault } from './duty.ts';
import type { Job } from './job.ts';
import { type Effect, effectsOf } from './modes.ts';
import type { Name } from './name.ts';
import type { Task } from './task.ts';
import { ASSUMED, type World } from './world.ts';

/** What the role of a task has to do. */
export function dutyOf(world: World, { name, job, role }: Task): Duty {
  for (const duty of name.duties) if (duty.job === job && duty.post.role === role) return duty;
  const duty = compiled(world, name, job, role!);
  name.duties.push(duty);
  return duty;
}

function compiled(world: World, name: Name, job: Job, role: Role): Duty {
  const { outcomes, faults } = world.scenario;
  const effort = job.effort === undefined ? undefined : range(job.effort);
  const found = outcomes.get(name.text) ?? outcomes.get(job.id) ?? outcomes.get(role.id) ?? outcomes.get('*');
  const timeouts = faults.filter((fault) => fault.kind === 'timeout' && fault.role === role);
  const chance = timeouts[0]?.chance ?? 0;
  const timeout = chance < 1 ? chance : 0;
  const known = new Map<string, readonly Attempted[]>();
  return {
    job,
    post: world.postOf(role),
    effort,
    planned: effort ? (effort[0] + effort[1]) / 2 : ASSUMED.effort,
    modes: faults.filter((fault): fault is ModeFault => fault.kind === 'mode' && befalls(fault, name, job, role)),
    outcomes: found,
    timeout,
    silent: timeouts.some((fault) => fault.chance >= 1),
    options: found?.kind === 'script' ? [] : optionsOf(found?.shares ?? [['ok', 1]], timeout),
    maxTurns: role.fields['max-turns'] ?? Number.POSITIVE_INFINITY,
    attempts(effects) {
      const kind = effects.length === 0 ? '' : effects.map(({ calls, oversteps }) => `${calls} ${oversteps}`).join();
      const attempts = known.get(kind) ?? attemptsOf(world, job, role, effects);
      known.set(kind, attempts);
      return attempts;
    },
  };
}

function befalls({ role: whom, task }: ModeFault, name: Name, job: Job, role: Role): boolean {
  return (whom === undefined || whom === role) && (task === undefined || task === job.id || task === name.text);
}

/** What to choose from: `ok` first, and what may go wrong, with a chance of no answer at all. */
export function optionsOf(shares: readonly (readonly [string, number])[], timeout: number): readonly Option[] {
  const all = [
    ...shares.map(([name, share]) => ({ name, share: share * (1 - timeout) })),
    ...(timeout > 0 ? [{ name: 'timeout', share: timeout }] : []),
  ].filter(({ share }) => share > 0);
  return [...all.filter(({ name }) => name === 'ok'), ...all.filter(({ name }) => name !== 'ok')];
}

/** The effects of the failure modes of an attempt. */
export function effectsOn({ modes }: Task): readonly Effect[] {
  return modes.length === 0 ? NO_EFFECTS : effectsOf(modes);
}

const NO_EFFECTS: readonly Effect[] = [];
