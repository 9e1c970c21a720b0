import { between, type Choice, oneOf, type Pick, whether } from '../choice.ts';
import { whenThere } from '../clock.ts';
import type { Attempted } from '../duty.ts';
import { dutyOf, effectsOn } from '../duty-of.ts';
import type { Stage } from '../stage.ts';
import type { Act } from '../state.ts';
import { backAt, behaviourOf } from '../world.ts';
import type { Player } from './act.ts';
import { fail } from './failing.ts';
import { attemptKey, free } from './work.ts';

/** The call that an act is about; nothing past the last one. */
function attemptedIn(stage: Stage, { task: index, part }: Act): Attempted | undefined {
  const task = stage.task(index);
  return dutyOf(stage.world, task).attempts(effectsOn(task))[part];
}

/** Makes one call after the other: each is decided by the rules, and none is ever executed. */
export const call: Player = {
  ask(stage, act) {
    const attempted = attemptedIn(stage, act);
    return attempted?.verdict.decision === 'allow' ? mishapChoice(stage, act, attempted) : undefined;
  },
  play(stage, act, pick) {
    const { task: index, part } = act;
    const attempted = attemptedIn(stage, act);
    if (!attempted) stage.later('effort', index);
    else if (attempted.verdict.decision === 'allow') makeCall(stage, act, attempted, pick);
    else if (attempted.verdict.decision === 'ask') stage.later('ask-call', index, stage.now, part);
    else refuse(stage, act, attempted);
  },
};

function refuse(stage: Stage, { task: index, part }: Act, { tool, argument, stray, verdict }: Attempted): void {
  const { why, at, held, instead } = verdict;
  const role = stage.task(index).role!.id;
  stage.emit('refused', index, () => ({ role, tool, argument, decision: 'deny', because: why, at, held }));
  if (stray) {
    stage.later('call', index, stage.now, part + 1);
    return;
  }
  if (instead !== undefined) stage.change(index).instead = instead;
  free(stage, index);
  fail(stage, index, 'refused', `it needs ${tool} \`${argument}\``);
}

const USER = { id: 'user' } as const;

/** A person is asked about a call. */
export const askCall: Player = {
  ask: (stage, act) =>
    between(
      attemptKey(stage.task(act.task)).plus(attemptedIn(stage, act)!.answersInKey),
      behaviourOf(stage.world, USER).answersIn,
    ),
  play(stage, act, pick) {
    const { task: index, part } = act;
    const { tool, argument, verdict } = attemptedIn(stage, act)!;
    const { answersIn, hours } = behaviourOf(stage.world, USER);
    const { why, at } = verdict;
    const role = stage.task(index).role!.id;
    stage.emit('asked', index, () => ({ role, to: USER.id, tool, argument, decision: 'ask', because: why, at }));
    const there = whenThere(backAt(stage.world, USER.id, stage.now), hours);
    if (Number.isFinite(there))
      stage.later('approve-call', index, there + (pick === undefined ? answersIn[0] : Number(pick)), part);
    else giveUp(stage, index, `${USER.id} is not there to be asked`);
  },
};

/** The person answers; what is approved is then made. */
export const approveCall: Player = {
  ask: (stage, act) =>
    whether(
      attemptKey(stage.task(act.task)).plus(attemptedIn(stage, act)!.approvalKey),
      1 - behaviourOf(stage.world, USER).approves,
    ),
  play(stage, act, pick) {
    const { task: index, part } = act;
    const { tool, argument, stray } = attemptedIn(stage, act)!;
    const { role } = stage.task(index);
    const call = { by: USER.id, role: role!.id, tool, argument };
    const refuses = pick === undefined ? behaviourOf(stage.world, USER).approves <= 0 : pick === 'yes';
    if (!refuses) {
      stage.emit('approved', index, () => call);
      stage.later('make-call', index, stage.now, part);
      return;
    }
    stage.emit('refused', index, () => ({ ...call, decision: 'ask', because: `${USER.id} says no` }));
    if (stray) stage.later('call', index, stage.now, part + 1);
    else giveUp(stage, index, `${USER.id} does not let it call ${tool} \`${argument}\``);
  },
};

/** A call that was approved is made. */
export const madeCall: Player = {
  ask: (stage, act) => mishapChoice(stage, act, attemptedIn(stage, act)!),
  play: (stage, act, pick) => makeCall(stage, act, attemptedIn(stage, act)!, pick),
};

function giveUp(stage: Stage, index: number, because: string): void {
  free(stage, index);
  fail(stage, index, 'refused', because);
}

function makeCall(stage: Stage, { task: index, part }: Act, attempted: Attempted, pick: Pick | undefined): void {
  const { tool, argument, verdict, injected } = attempted;
  const { decision, why, at, held } = verdict;
  const role = stage.task(index).role!;
  stage.spend(role, 1);
  stage.emit('called', index, () => ({ role: role.id, tool, argument, decision, because: why, at, held }));
  const mishap = pick ?? attempted.mishap;
  if (mishap === 'tool-error' || mishap === 'timeout') {
    free(stage, index);
    fail(stage, index, mishap, `${tool} \`${argument}\` ${mishap === 'timeout' ? 'does not answer' : 'breaks off'}`);
    return;
  }
  if (injected !== undefined && (mishap === 'injected' || attempted.isInjected)) taint(stage, index, injected);
  stage.later('call', index, stage.now, part + 1);
}

function taint(stage: Stage, index: number, says: string): void {
  const task = stage.change(index);
  task.taint = [...new Set([...task.taint, says])];
}

function mishapChoice(stage: Stage, { task: index }: Act, { options, answerKey }: Attempted): Choice | undefined {
  return options.length === 0 ? undefined : oneOf(attemptKey(stage.task(index)).plus(answerKey), options);
}
