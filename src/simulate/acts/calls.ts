import { matches } from '../../pattern/decide.ts';
import { splitCommand } from '../../pattern/split-command.ts';
import type { Fault } from '../../team/scenario.ts';
import type { Role } from '../../team/team.ts';
import { isTool, splitTool, TOOLS } from '../../team/tools.ts';
import type { Call } from '../../team/work.ts';
import type { Choice } from '../choice.ts';
import { whenThere } from '../clock.ts';
import { effectsOf } from '../modes.ts';
import type { Verdict } from '../rulebook.ts';
import type { Stage } from '../stage.ts';
import type { Task } from '../state.ts';
import { backAt, behaviourOf } from '../world.ts';
import { between, type Player, whether } from './act.ts';
import { fail } from './failing.ts';
import { attemptKey, free } from './work.ts';

/** A call that is about to be made. */
export interface Attempted {
  readonly tool: string;
  readonly argument: string;
  /** Whether no plan has it: the role oversteps. */
  readonly stray?: true;
}

/** The calls of an attempt, in order: those of the plan, and what a failure mode makes of them. */
function attemptsOf(stage: Stage, task: Task): readonly Attempted[] {
  const effects = effectsOf(task.modes);
  const planned = task.job.calls.map(({ tool, pattern }): Attempted => ({ tool, argument: pattern }));
  const kept = effects.some(({ calls }) => calls === 'none') ? [] : planned;
  const made = effects.some(({ calls }) => calls === 'twice') ? [...kept, ...kept] : kept;
  const stray = effects.some(({ oversteps }) => oversteps) ? strayOf(stage, task.role!) : [];
  return [...stray, ...made];
}

const STRAYS: readonly Attempted[] = [
  { tool: 'edit', argument: 'src/index.ts', stray: true },
  { tool: 'shell', argument: 'git push --force', stray: true },
  { tool: 'shell', argument: 'rm -rf build', stray: true },
  { tool: 'fetch', argument: 'https://example.com', stray: true },
];

/** A call that the role may not make: the first that it must not, else the first of a few that is not allowed. */
function strayOf({ world: { rules } }: Stage, role: Role): readonly Attempted[] {
  const named = role.work.mustNot.flatMap(({ calls }) =>
    calls.map(({ tool, pattern }): Attempted => ({ tool, argument: plain(pattern), stray: true })),
  );
  const found = [...named, ...STRAYS].find(
    ({ tool, argument }) => rules.call(role, tool, argument).decision !== 'allow',
  );
  return found ? [found] : [];
}

/** An argument that a pattern matches. */
function plain(pattern: string): string {
  return pattern === '*' ? 'src/index.ts' : pattern.replace(/ \*$/, '').replace(/\*\*/g, 'a').replace(/[*?]/g, 'a');
}

/** Makes one call after the other: each is decided by the rules, and none is ever executed. */
export const call: Player = {
  ask(stage, { task: index, part }) {
    const task = stage.task(index);
    const attempted = attemptsOf(stage, task)[part];
    if (!attempted || verdictOf(stage, task, attempted).decision !== 'allow') return undefined;
    return mishapChoice(stage, `${attemptKey(task)}/call:${part}`, attempted);
  },
  play(stage, { task: index, part }, pick) {
    const task = stage.task(index);
    const attempted = attemptsOf(stage, task)[part];
    if (!attempted) {
      stage.later('effort', index);
      return;
    }
    const verdict = verdictOf(stage, task, attempted);
    if (verdict.decision === 'allow')
      makeCall(stage, index, part, attempted, verdict, pick === undefined ? undefined : String(pick));
    else if (verdict.decision === 'ask') stage.later('ask-call', index, stage.now, part);
    else refuse(stage, index, part, attempted, verdict);
  },
};

/** What a rule denies is not done, unless only the prompt of the target says so and the role does not obey. */
function verdictOf({ world: { rules } }: Stage, { role }: Task, { tool, argument, stray }: Attempted): Verdict {
  const verdict = rules.call(role!, tool, argument);
  if (!stray || verdict.loose === undefined) return verdict;
  return { ...verdict, decision: verdict.loose, why: `${verdict.why}, but on ${rules.target} only the prompt says so` };
}

function refuse(
  stage: Stage,
  index: number,
  part: number,
  { tool, argument, stray }: Attempted,
  verdict: Verdict,
): void {
  const { role } = stage.task(index);
  const { why, at, held, instead } = verdict;
  stage.emit('refused', index, {
    role: role!.id,
    tool,
    argument,
    decision: 'deny',
    because: why,
    at,
    ...(held ? { held } : {}),
  });
  if (stray) {
    stage.later('call', index, stage.now, part + 1);
    return;
  }
  stage.set(index, instead === undefined ? {} : { instead });
  free(stage, index);
  fail(stage, index, 'refused', `it needs ${tool} \`${argument}\``);
}

/** A person is asked about a call. */
export const askCall: Player = {
  ask: (stage, { task, part }) =>
    between(`${attemptKey(stage.task(task))}/call:${part}/answers-in`, behaviourOf(stage.world, USER).answersIn),
  play(stage, { task: index, part }, pick) {
    const task = stage.task(index);
    const attempted = attemptsOf(stage, task)[part]!;
    const { why, at } = verdictOf(stage, task, attempted);
    const { answersIn, hours } = behaviourOf(stage.world, USER);
    stage.emit('asked', index, {
      role: task.role!.id,
      to: USER.id,
      tool: attempted.tool,
      argument: attempted.argument,
      decision: 'ask',
      because: why,
      at,
    });
    const there = whenThere(backAt(stage.world, USER.id, stage.now), hours);
    if (Number.isFinite(there))
      stage.later('approve-call', index, there + (pick === undefined ? answersIn[0] : Number(pick)), part);
    else giveUp(stage, index, `${USER.id} is not there to be asked`);
  },
};

const USER = { id: 'user' } as const;

/** The person answers; what is approved is then made. */
export const approveCall: Player = {
  ask: (stage, { task, part }) =>
    whether(`${attemptKey(stage.task(task))}/call:${part}/approval`, 1 - behaviourOf(stage.world, USER).approves),
  play(stage, { task: index, part }, pick) {
    const task = stage.task(index);
    const attempted = attemptsOf(stage, task)[part]!;
    const { tool, argument } = attempted;
    const refuses = pick === undefined ? behaviourOf(stage.world, USER).approves <= 0 : pick === 'yes';
    if (!refuses) {
      stage.emit('approved', index, { by: USER.id, role: task.role!.id, tool, argument });
      stage.later('make-call', index, stage.now, part);
      return;
    }
    stage.emit('refused', index, {
      by: USER.id,
      role: task.role!.id,
      tool,
      argument,
      decision: 'ask',
      because: `${USER.id} says no`,
    });
    if (attempted.stray) stage.later('call', index, stage.now, part + 1);
    else giveUp(stage, index, `${USER.id} does not let it call ${tool} \`${argument}\``);
  },
};

/** A call that was approved is made. */
export const madeCall: Player = {
  ask(stage, { task: index, part }) {
    const task = stage.task(index);
    return mishapChoice(stage, `${attemptKey(task)}/call:${part}`, attemptsOf(stage, task)[part]!);
  },
  play(stage, { task: index, part }, pick) {
    const task = stage.task(index);
    const attempted = attemptsOf(stage, task)[part]!;
    makeCall(
      stage,
      index,
      part,
      attempted,
      verdictOf(stage, task, attempted),
      pick === undefined ? undefined : String(pick),
    );
  },
};

function giveUp(stage: Stage, index: number, because: string): void {
  free(stage, index);
  fail(stage, index, 'refused', because);
}

function makeCall(
  stage: Stage,
  index: number,
  part: number,
  { tool, argument }: Attempted,
  verdict: Verdict,
  pick: string | undefined,
): void {
  const task = stage.task(index);
  const { decision, why, at, held } = verdict;
  stage.spend(task.role!, 1);
  stage.emit('called', index, {
    role: task.role!.id,
    tool,
    argument,
    decision,
    because: why,
    at,
    ...(held ? { held } : {}),
  });
  const mishap = pick ?? certainMishap(stage, tool, argument);
  if (mishap === 'tool-error' || mishap === 'timeout') {
    free(stage, index);
    fail(stage, index, mishap, `${tool} \`${argument}\` ${mishap === 'timeout' ? 'does not answer' : 'breaks off'}`);
    return;
  }
  const injected = injectedBy(stage, tool, argument);
  if (injected && (mishap === 'injected' || injected.chance >= 1))
    stage.set(index, { taint: [...new Set([...task.taint, injected.says])] });
  stage.later('call', index, stage.now, part + 1);
}

type CallFault = Extract<Fault, { calls: readonly Call[] }>;

function faultOn(stage: Stage, kind: CallFault['kind'], tool: string, argument: string): CallFault | undefined {
  return stage.world.scenario.faults.find(
    (fault): fault is CallFault =>
      fault.kind === kind && 'calls' in fault && fault.calls.some((each) => fits(each, tool, argument)),
  );
}

/** The fault that puts foreign words into what a call brings. */
export function injectedBy(
  stage: Stage,
  tool: string,
  argument: string,
): Extract<Fault, { kind: 'injected' }> | undefined {
  const found = faultOn(stage, 'injected', tool, argument);
  return found?.kind === 'injected' ? found : undefined;
}

const MISHAPS = ['tool-error', 'timeout', 'injected'] as const;

/** Whether a call goes wrong, where that is not certain. */
export function mishapChoice(stage: Stage, key: string, { tool, argument }: Attempted): Choice | undefined {
  const faults = MISHAPS.flatMap((kind) => faultOn(stage, kind, tool, argument) ?? []).filter(
    ({ chance }) => chance > 0 && chance < 1,
  );
  if (faults.length === 0 || certainMishap(stage, tool, argument)) return undefined;
  const bad = Math.min(
    1,
    faults.reduce((sum, { chance }) => sum + chance, 0),
  );
  const options = [
    { name: 'ok', share: 1 - bad },
    ...faults.map(({ kind, chance }) => ({ name: kind, share: chance })),
  ];
  return { kind: 'one', key: `${key}/answer`, options, fault: true };
}

/** What certainly goes wrong with a call. */
export function certainMishap(stage: Stage, tool: string, argument: string): 'tool-error' | 'timeout' | undefined {
  return (['tool-error', 'timeout'] as const).find((kind) => (faultOn(stage, kind, tool, argument)?.chance ?? 0) >= 1);
}

/** Whether a call is one of those that a pattern describes: for a command line, whether one of its parts is. */
export function fits(
  { tool: written, pattern }: Pick<Call, 'tool' | 'pattern'>,
  tool: string,
  argument: string,
): boolean {
  const { name } = splitTool(written);
  if (name !== splitTool(tool).name || !isTool(name)) return false;
  const readings =
    name === 'shell'
      ? [argument, ...splitCommand(argument).parts.flatMap(({ text, plain: bare }) => [text, ...(bare ? [bare] : [])])]
      : [argument];
  return readings.some((reading) => matches(TOOLS[name], pattern, reading));
}
