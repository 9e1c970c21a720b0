import { between, type Choice, oneOf, whether } from '../choice.ts';
import { workedUntil, workTime } from '../clock.ts';
import { dutyOf, effectsOn, optionsOf } from '../duty-of.ts';
import type { Key } from '../key.ts';
import type { Effect } from '../modes.ts';
import { backFrom } from '../post.ts';
import type { Stage } from '../stage.ts';
import type { Task } from '../task.ts';
import { ASSUMED } from '../world.ts';
import type { Player } from './act.ts';
import { fail } from './failing.ts';
import { gatesOf } from './gates.ts';
import { tellLoad } from './load.ts';

/** Begins the keys of choices about the present attempt. */
export function attemptKey({ name, tries }: Task): Key {
  return name.attempt(tries);
}

/** A role begins when it has a free slot and is there; until then the task waits in its queue. */
export const begin: Player = {
  play(stage, { task: index, part }) {
    const { planned, post } = dutyOf(stage.world, stage.task(index));
    const station = stage.changeStation(post.role);
    if (part === -1) {
      stage.change(index).queuedAt = stage.now;
      station.booked += planned;
      tellLoad(stage, index, post);
    }
    if (station.busy >= post.slots) station.queue = station.queue.with(index);
    else if (stage.state.running >= (stage.world.limits.concurrent ?? Number.POSITIVE_INFINITY))
      stage.state.held = stage.state.held.with(index);
    else take(stage, index);
  },
};

const NO_MODES: readonly string[] = [];

function take(stage: Stage, index: number): void {
  const task = stage.change(index);
  const { post } = dutyOf(stage.world, task);
  const { id } = post.role;
  stage.state.running++;
  stage.changeStation(post.role).busy++;
  task.tries++;
  task.beganAt = stage.now;
  task.waited += stage.now - task.queuedAt;
  task.modes = NO_MODES;
  task.repeated = task.tried.includes(id);
  if (!task.repeated) task.tried = [...task.tried, id];
  if (backFrom(post.absences, stage.now) > stage.now) {
    free(stage, index);
    fail(stage, index, 'unavailable', `${id} is not there`);
  } else stage.later('fault', index);
}

/** Gives the slot back, and lets the next one in. */
export function free(stage: Stage, index: number): void {
  const { state } = stage;
  const task = stage.change(index);
  const { post, planned } = dutyOf(stage.world, task);
  const station = stage.changeStation(post.role);
  const spent = workTime(task.beganAt, stage.now, post.hours);
  const next = station.queue.first;
  const waiting = state.held.first;
  state.running--;
  station.busy--;
  station.booked -= planned;
  station.worked += spent;
  station.tasks++;
  task.worked += spent;
  if (next !== undefined) {
    station.queue = station.queue.rest();
    stage.later('begin', next);
  }
  if (waiting !== undefined) {
    state.held = state.held.rest();
    stage.later('begin', waiting);
  }
}

/** Whether a failure mode befalls the attempt, one after the other. */
export const faultPlay: Player = {
  ask(stage, { task: index, part }) {
    const task = stage.task(index);
    const fault = dutyOf(stage.world, task).modes[part];
    return fault && whether(attemptKey(task).plus(`/${fault.mode}`), fault.chance);
  },
  play(stage, { task: index, part }, pick) {
    const { modes } = dutyOf(stage.world, stage.task(index));
    const fault = modes[part];
    if (fault && (pick === 'yes' || (pick === undefined && fault.chance >= 1))) {
      const task = stage.change(index);
      task.modes = [...task.modes, fault.mode];
    }
    if (part + 1 < modes.length) stage.later('fault', index, stage.now, part + 1);
    else stage.later('call', index);
  },
};

/** How long the work takes: the effort that was said, a part of it on a retry, longer under some failure modes. */
export const effort: Player = {
  ask(stage, { task: index }) {
    const task = stage.task(index);
    const { effort: said } = dutyOf(stage.world, task);
    return said && between(attemptKey(task).plus('/effort'), said);
  },
  play(stage, { task: index }, pick) {
    const task = stage.task(index);
    const { tries, repeated, asksBack } = task;
    const { post, effort: said } = dutyOf(stage.world, task);
    const whole = pick === undefined ? (said?.[0] ?? ASSUMED.effort) : Number(pick);
    const slower = slownessOf(effectsOn(task));
    const asking = asksBack === undefined || tries > 1 ? 0 : ASSUMED.answer;
    const work = Math.round(whole * slower * (repeated ? ASSUMED.retry : 1)) + asking;
    if (asking > 0)
      stage.emit('asked', index, () => ({ role: post.role.id, to: asksBack, text: 'what was kept back' }));
    stage.spend(post.role, turnsOf(slower));
    stage.later('finish', index, workedUntil(stage.now, work, post.hours));
  },
};

/** So many times as long as planned does an attempt take. */
function slownessOf(effects: readonly Effect[]): number {
  let factor = 1;
  for (const { slower } of effects) factor *= slower ?? 1;
  return factor;
}

/** The turns of an attempt without those for its calls. */
function turnsOf(slower: number): number {
  return Math.ceil(ASSUMED.turnsOfAnAttempt * slower);
}

/** How the attempt ends: by the scenario's script or shares for the task, its role or all; else well. */
export const finish: Player = {
  ask: (stage, { task }) => outcomeChoice(stage, stage.task(task)),
  play(stage, { task: index }, pick) {
    const task = stage.change(index);
    const effects = effectsOn(task);
    const drawn = pick === undefined ? certainOutcome(stage, task) : String(pick);
    const outcome = outcomeUnder(stage, task, effects, drawn);
    const { asksBack } = task;
    free(stage, index);
    if (asksBack !== undefined && task.tries === 1)
      stage.emit('answered', index, () => ({ by: asksBack, role: task.role!.id, text: 'what was kept back' }));
    if ((outcome === 'ok' && effects.some(({ flaws }) => flaws)) || outcome === 'gate-failed') task.flawed = true;
    if (outcome === 'ok' || (outcome === 'gate-failed' && gatesOf(task).length > 0)) stage.later('gate', index);
    else
      fail(
        stage,
        index,
        outcome,
        effects.length === 0 ? undefined : `it ${effects.map(({ says }) => says).join(', ')}`,
      );
  },
};

/** What faults make of an outcome: some modes fail whatever was drawn, and some don't hear what others say. */
function outcomeUnder(stage: Stage, task: Task, effects: readonly Effect[], drawn: string): string {
  const { job, maxTurns, silent } = dutyOf(stage.world, task);
  const { climb } = task;
  const tooLong = turnsOf(slownessOf(effects)) + job.calls.length > maxTurns;
  const failing = effects.find(({ fails }) => fails)?.fails ?? (tooLong ? 'turn-limit' : undefined);
  const advised = climb !== undefined && stage.world.team.ladder[climb.step]?.by !== 'self';
  const deaf = advised && effects.some((effect) => effect.deaf) ? climb.class : undefined;
  return failing ?? (silent ? 'timeout' : (deaf ?? drawn));
}

function outcomeChoice(stage: Stage, task: Task): Choice | undefined {
  const { outcomes, options: settled, timeout } = dutyOf(stage.world, task);
  const options =
    outcomes?.kind === 'script' && timeout > 0 ? optionsOf([[certainOutcome(stage, task), 1]], timeout) : settled;
  return options.length < 2 ? undefined : oneOf(attemptKey(task).plus('/outcome'), options);
}

function certainOutcome(stage: Stage, task: Task): string {
  const { outcomes } = dutyOf(stage.world, task);
  if (outcomes?.kind === 'script') return outcomes.script[Math.min(task.tries, outcomes.script.length) - 1]!;
  return outcomes?.shares.find(([, share]) => share > 0)?.[0] ?? 'ok';
}
