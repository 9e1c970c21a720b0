import type { Fault } from '../../team/scenario.ts';
import { range } from '../../team/scenario-units.ts';
import type { Role } from '../../team/team.ts';
import type { Choice } from '../choice.ts';
import { workedUntil, workTime } from '../clock.ts';
import { effectsOf } from '../modes.ts';
import type { Stage } from '../stage.ts';
import type { Task } from '../state.ts';
import { ASSUMED, backAt, capacityOf } from '../world.ts';
import { between, type Player, whether } from './act.ts';
import { fail } from './failing.ts';
import { gatesOf } from './gates.ts';
import { tellLoad } from './load.ts';

/** The name of the present attempt, in the keys of choices. */
export function attemptKey({ key, tries }: Task): string {
  return `task:${key}/try:${tries}`;
}

/** A role begins when it has a free slot and is there; until then the task waits in its queue. */
export const begin: Player = {
  play(stage, { task: index, part }) {
    const { role } = stage.task(index);
    const { slots } = capacityOf(role!);
    const { busy, queue } = stage.station(role!);
    if (part === -1) {
      const { booked } = stage.station(role!);
      stage.set(index, { queuedAt: stage.now });
      stage.setStation(role!, { booked: booked + planned(stage.task(index)) });
      tellLoad(stage, index, role!);
    }
    if (busy >= slots) {
      stage.setStation(role!, { queue: [...queue, index] });
    } else if (stage.running >= (stage.world.limits.concurrent ?? Number.POSITIVE_INFINITY)) {
      stage.held = [...stage.held, index];
    } else take(stage, index, role!);
  },
};

function take(stage: Stage, index: number, role: Role): void {
  const task = stage.task(index);
  const { busy } = stage.station(role);
  stage.running++;
  stage.setStation(role, { busy: busy + 1 });
  stage.set(index, {
    tries: task.tries + 1,
    beganAt: stage.now,
    waited: task.waited + stage.now - task.queuedAt,
    modes: [],
    repeated: task.tried.includes(role.id),
    tried: task.tried.includes(role.id) ? task.tried : [...task.tried, role.id],
  });
  if (backAt(stage.world, role.id, stage.now) > stage.now) {
    free(stage, index);
    fail(stage, index, 'unavailable', `${role.id} is not there`);
  } else stage.later('fault', index);
}

/** How long a task is planned to take: the middle of its effort, in milliseconds. */
function planned({ job }: Task): number {
  if (job.effort === undefined) return ASSUMED.effort;
  const [least, most] = range(job.effort);
  return (least + most) / 2;
}

/** Gives the slot back, and lets the next one in. */
export function free(stage: Stage, index: number): void {
  const { role, beganAt, worked } = stage.task(index);
  const station = stage.station(role!);
  const [next, ...queue] = station.queue;
  const [waiting, ...held] = stage.held;
  const spent = workTime(beganAt, stage.now, capacityOf(role!).hours);
  stage.running--;
  stage.setStation(role!, {
    busy: station.busy - 1,
    booked: station.booked - planned(stage.task(index)),
    queue,
    worked: station.worked + spent,
    tasks: station.tasks + 1,
  });
  stage.set(index, { worked: worked + spent });
  if (next !== undefined) stage.later('begin', next);
  if (waiting !== undefined) {
    stage.held = held;
    stage.later('begin', waiting);
  }
}

type ModeFault = Extract<Fault, { kind: 'mode' }>;

function modesFor(stage: Stage, { role, job, key }: Task): readonly ModeFault[] {
  return stage.world.scenario.faults.filter(
    (fault): fault is ModeFault =>
      fault.kind === 'mode' &&
      (fault.role === undefined || fault.role === role) &&
      (fault.task === undefined || fault.task === job.id || fault.task === key),
  );
}

/** Whether a failure mode befalls the attempt, one after the other. */
export const faultPlay: Player = {
  ask(stage, { task: index, part }) {
    const task = stage.task(index);
    const fault = modesFor(stage, task)[part];
    return fault && whether(`${attemptKey(task)}/${fault.mode}`, fault.chance);
  },
  play(stage, { task: index, part }, pick) {
    const task = stage.task(index);
    const faults = modesFor(stage, task);
    const fault = faults[part];
    if (fault && (pick === 'yes' || (pick === undefined && fault.chance >= 1)))
      stage.set(index, { modes: [...task.modes, fault.mode] });
    if (part + 1 < faults.length) stage.later('fault', index, stage.now, part + 1);
    else stage.later('call', index);
  },
};

/** How long the work takes: the effort that was said, a part of it on a retry, longer under some failure modes. */
export const effort: Player = {
  ask(stage, { task: index }) {
    const task = stage.task(index);
    return task.job.effort === undefined ? undefined : between(`${attemptKey(task)}/effort`, range(task.job.effort));
  },
  play(stage, { task: index }, pick) {
    const { job, role, tries, modes, repeated, asksBack } = stage.task(index);
    const said = job.effort === undefined ? ASSUMED.effort : range(job.effort)[0];
    const whole = pick === undefined ? said : Number(pick);
    const slower = slownessOf(modes);
    const asking = asksBack === undefined || tries > 1 ? 0 : ASSUMED.answer;
    const work = Math.round(whole * slower * (repeated ? ASSUMED.retry : 1)) + asking;
    if (asking > 0) stage.emit('asked', index, { role: role!.id, to: asksBack!, text: 'what was kept back' });
    stage.spend(role!, turnsOf(modes));
    stage.later('finish', index, workedUntil(stage.now, work, capacityOf(role!).hours));
  },
};

/** So many times as long as planned does an attempt take. */
function slownessOf(modes: readonly string[]): number {
  return effectsOf(modes).reduce((factor, effect) => factor * (effect.slower ?? 1), 1);
}

/** The turns of an attempt without those for its calls. */
function turnsOf(modes: readonly string[]): number {
  return Math.ceil(ASSUMED.turnsOfAnAttempt * slownessOf(modes));
}

/** How the attempt ends: by the scenario's script or shares for the task, its role or all; else well. */
export const finish: Player = {
  ask: (stage, { task }) => outcomeChoice(stage, stage.task(task)),
  play(stage, { task: index }, pick) {
    const task = stage.task(index);
    const effects = effectsOf(task.modes);
    const drawn = pick === undefined ? certainOutcome(stage, task) : String(pick);
    const outcome = outcomeUnder(stage, task, drawn);
    free(stage, index);
    if (task.asksBack !== undefined && task.tries === 1)
      stage.emit('answered', index, { by: task.asksBack, role: task.role!.id, text: 'what was kept back' });
    const gated = gatesOf(task).length > 0;
    if ((outcome === 'ok' && effects.some(({ flaws }) => flaws)) || outcome === 'gate-failed')
      stage.set(index, { flawed: true });
    const cause = effects.map(({ says }) => says).join(', ');
    if (outcome === 'ok' || (outcome === 'gate-failed' && gated)) stage.later('gate', index);
    else fail(stage, index, outcome, cause === '' ? undefined : `it ${cause}`);
  },
};

/** What faults make of an outcome: some modes fail whatever was drawn, and some don't hear what others say. */
function outcomeUnder({ world: { scenario } }: Stage, { modes, role, climb, job }: Task, drawn: string): string {
  const effects = effectsOf(modes);
  const tooLong = turnsOf(modes) + job.calls.length > (role!.fields['max-turns'] ?? Number.POSITIVE_INFINITY);
  const failing = effects.find(({ fails }) => fails)?.fails ?? (tooLong ? 'turn-limit' : undefined);
  const silent = scenario.faults.some((fault) => fault.kind === 'timeout' && fault.role === role && fault.chance >= 1);
  const advised = climb !== undefined && climb.step > 0;
  const deaf = advised && effects.some((effect) => effect.deaf) ? climb.class : undefined;
  return failing ?? (silent ? 'timeout' : (deaf ?? drawn));
}

function outcomesOf(
  { world: { scenario } }: Stage,
  { job, key, role }: Task,
): ReturnType<typeof scenario.outcomes.get> {
  const { outcomes } = scenario;
  return outcomes.get(key) ?? outcomes.get(job.id) ?? outcomes.get(role!.id) ?? outcomes.get('*');
}

function outcomeChoice(stage: Stage, task: Task): Choice | undefined {
  const found = outcomesOf(stage, task);
  const chance = timeoutChance(stage, task);
  if (found?.kind !== 'shares' && chance === 0) return undefined;
  const own = found?.kind === 'shares' ? found.shares : [[certainOutcome(stage, task), 1] as const];
  const all = [
    ...own.map(([name, share]) => ({ name, share: share * (1 - chance) })),
    ...(chance > 0 ? [{ name: 'timeout', share: chance }] : []),
  ];
  const options = [...all.filter(({ name }) => name === 'ok'), ...all.filter(({ name }) => name !== 'ok')].filter(
    ({ share }) => share > 0,
  );
  return options.length < 2 ? undefined : { kind: 'one', key: `${attemptKey(task)}/outcome`, options, fault: true };
}

function timeoutChance({ world: { scenario } }: Stage, { role }: Task): number {
  const fault = scenario.faults.find((each) => each.kind === 'timeout' && each.role === role);
  return fault && fault.chance < 1 ? fault.chance : 0;
}

function certainOutcome(stage: Stage, task: Task): string {
  const found = outcomesOf(stage, task);
  if (found?.kind === 'script') return found.script[Math.min(task.tries, found.script.length) - 1]!;
  return found?.shares.find(([, share]) => share > 0)?.[0] ?? 'ok';
}
