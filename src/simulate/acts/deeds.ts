import type { Step } from '../../team/team.ts';
import { personsOf, type Role, targets } from '../../team/team.ts';
import { splitTool } from '../../team/tools.ts';
import { own } from '../../text/own.ts';
import { attemptedBy } from '../attempted.ts';
import type { SimEvent } from '../event.ts';
import type { Job } from '../job.ts';
import { edgesFor, edgeTo } from '../routes.ts';
import type { Stage } from '../stage.ts';
import type { Deed, Talk } from '../turn.ts';
import { backAt } from '../world.ts';
import { planName } from './brief.ts';
import { gatesOf } from './gates.ts';
import { delegated, depthRefusal } from './hand-over.ts';
import { endTalk, forbid, hear, isBeforeGates, SILENCE, setTalk, talkOf } from './talk.ts';

type DeedOf<K extends Deed['kind']> = Extract<Deed, { kind: K }>;

/** A role hands work over: what the team forbids is refused, and answered with the rule. */
export function delegateDeed(stage: Stage, index: number, deed: number, wanted: DeedOf<'delegate'>): void {
  const { to, text, plan } = wanted;
  const { team, limits, rules } = stage.world;
  const owner = stage.task(index).role!;
  const role = team.roles.get(to);
  const step = plan === undefined ? undefined : planned(stage, plan);
  const reason = whyNot(stage, owner, wanted, step) ?? tooDeep(stage, index) ?? depthRefusal(stage, index, owner);
  if (reason === 'limit') stage.end({ kind: 'limit', limit: 'depth', value: limits.depth! });
  else if (reason) forbid(stage, index, deed, { tool: 'delegate', argument: to, decision: 'deny', to, ...reason });
  else if (backAt(stage.world, to, stage.now) > stage.now) {
    stage.emit('failed', index, () => ({ role: to, class: 'unavailable', because: `${to} is not there` }));
    hear(stage, index, { deed, ok: false, text: `${to} is not there now.` });
  } else {
    const asks = rules.call(owner, 'delegate', to).decision === 'ask';
    handOn(stage, index, deed, role!, jobOf(role!, text, plan, step), asks);
  }
}

type Reason = Pick<SimEvent, 'at' | 'held'> & { readonly because: string };

/** Why a hand-over is forbidden: there is nobody of the name, the plan has another order, or no edge leads there. */
function whyNot(
  stage: Stage,
  owner: Role,
  { to, plan }: DeedOf<'delegate'>,
  step: Step | undefined,
): Reason | undefined {
  if (!stage.world.team.roles.has(to)) return { because: `there is no role "${to}"` };
  if (plan !== undefined && !step) return { because: `the plan has no task "${plan}"` };
  const missing = step?.needs.find((need) => !isDone(stage, need));
  if (missing !== undefined) return { because: `"${plan}" needs "${missing}", which is not done`, at: step!.at };
  const { decision, why, at, held } = stage.world.rules.call(owner, 'delegate', to);
  return decision === 'deny' ? { because: why, at, held } : undefined;
}

/** How many hand-overs and questions may lie below one another: who goes in a circle has to end some time. */
const DEEPEST = 12;

function tooDeep(stage: Stage, index: number): Reason | undefined {
  if (stage.task(index).depth < DEEPEST) return undefined;
  return { because: `${DEEPEST} hand-overs lie below one another, and that is enough` };
}

function planned({ world: { scenario } }: Stage, plan: string): Step | undefined {
  return scenario.tasks.find((step, number) => planName(step, number) === plan);
}

/** Whether a task of the plan is done, whoever handed it over. */
function isDone(stage: Stage, id: string, index = 0): boolean {
  const { job, end } = stage.task(index);
  return (job.id === id && end === 'done') || talkOf(stage, index).parts.some((part) => isDone(stage, id, part));
}

function jobOf(role: Role, text: string, plan: string | undefined, step: Step | undefined): Job {
  return {
    id: plan ?? role.id,
    text,
    labels: step?.labels ?? {},
    to: [],
    with: step?.with ?? [],
    needs: [],
    gates: step?.gates ?? [],
    calls: [],
    effort: undefined,
    optional: step?.optional ?? false,
    source: step ? 'scenario' : 'edge',
    ...(step ? { at: step.at } : {}),
  };
}

function handOn(stage: Stage, index: number, deed: number, role: Role, job: Job, asks: boolean): void {
  const owner = stage.task(index).role!;
  const edge = edgeTo(owner, [role]);
  const { edges } = edgesFor(stage, owner, job);
  const fitting = edges.find((each) => targets(each.edge).includes(role));
  const others = [...new Set(edges.flatMap((each) => targets(each.edge)))].map(({ id }) => id);
  const meant = others.length > 0 ? `; by the edges it would go to ${others.join(' or ')}` : '';
  const child = addPart(stage, index, job, role, { ...SILENCE, deed });
  stage.set(child, { why: fitting ? fitting.why : `${owner.id} decides so${meant}`, edge });
  if (asks) stage.later('ask-edge', child);
  else delegated(stage, child);
}

function addPart(stage: Stage, index: number, job: Job, role: Role, talk: Talk): number {
  const { name, parent, depth, taint } = stage.task(index);
  const child = stage.state.tasks.length;
  stage.add(name.part(job.id, parent === -1), job, index);
  stage.assign(child, role);
  stage.set(child, { talk, depth, taint, queuedAt: stage.now, beganAt: stage.now });
  setTalk(stage, index, { parts: [...talkOf(stage, index).parts, child] });
  return child;
}

/** A role turns to somebody: upwards as its edges lead, to a peer, back to whoever handed the task over, or to a person. */
export function escalateDeed(
  stage: Stage,
  index: number,
  deed: number,
  { to, text }: DeedOf<'escalate'>,
  answersAt: (person: string) => number,
): void {
  const { role: asking, owner, depth } = stage.task(index);
  const ways = waysUp(stage, asking!, owner);
  const step = depth < DEEPEST ? ways.get(to) : undefined;
  if (step === undefined) {
    const because = noWay(stage, asking!, to, [...ways.keys()]);
    forbid(stage, index, deed, { to, step: 'escalates-to', because, at: asking!.at });
    return;
  }
  stage.emit('escalated', index, () => ({ role: asking!.id, to, step, class: 'blocked', because: text }));
  const role = stage.world.team.roles.get(to);
  if (role && role === owner) endTalk(stage, index, 'failed', text, 'handed-back');
  else if (role) {
    const job = { ...jobOf(role, text, undefined, undefined), id: `ask-${role.id}` };
    const child = addPart(stage, index, job, role, { ...SILENCE, deed, asked: true });
    stage.set(child, { depth: depth + 1 });
    stage.later('turn', child);
  } else {
    const at = answersAt(to);
    if (Number.isFinite(at)) stage.later('advise', index, at, deed);
    else hear(stage, index, { deed, ok: false, text: `${to} is not there.` });
  }
}

function noWay({ world: { team } }: Stage, role: Role, to: string, open: readonly string[]): string {
  if (!team.roles.has(to) && !team.people.has(to)) return `there is nobody called "${to}"`;
  return `${role.id} does not turn to ${to}${open.length === 0 ? '' : `, but to ${open.join(', ')}`}`;
}

/** Everybody to whom a role may turn, and the step that this is. */
function waysUp({ world: { team } }: Stage, role: Role, owner: Role | undefined): ReadonlyMap<string, string> {
  const ways = new Map<string, string>();
  const note = (id: string, step: string): void => {
    if (!ways.has(id) && id !== role.id) ways.set(id, step);
  };
  for (const edge of role.edges.filter(({ type }) => type === 'escalates-to'))
    for (const { id } of [...targets(edge), ...personsOf(edge.to)]) note(id, 'escalates-to');
  if (owner) note(owner.id, 'delegator');
  for (const edge of role.edges.filter(({ type, direction }) => type === 'collaborates-with' && direction !== 'out'))
    for (const { id } of targets(edge)) note(id, 'peers');
  for (const { by, name } of team.ladder)
    if (typeof by === 'object' && by.kind === 'person') note(by.person.id, name ?? 'person');
  note('user', 'user');
  return ways;
}

/** A role uses a tool: the rules decide, and a stub answers. Nothing is ever executed. */
export function callDeed(
  stage: Stage,
  index: number,
  deed: number,
  { tool, argument }: DeedOf<'call'>,
  answersAt: () => number,
): void {
  const role = stage.task(index).role!;
  const { decision, why, at, held, instead } = stage.world.rules.call(role, tool, argument);
  const verdict = { tool, argument, decision, at, held };
  if (decision === 'deny') {
    const because = instead === undefined ? why : `${why}; ${instead} may`;
    forbid(stage, index, deed, { ...verdict, because });
  } else if (decision === 'allow') stage.later('make-deed', index, stage.now, deed);
  else {
    stage.emit('asked', index, () => ({ role: role.id, to: 'user', because: why, ...verdict }));
    const answers = answersAt();
    if (Number.isFinite(answers)) stage.later('approve-deed', index, answers, deed);
    else hear(stage, index, { deed, ok: false, text: 'Nobody is there to allow it.' });
  }
}

/** What a stub answers when all goes well. */
const STUBS: Readonly<Record<string, string>> = {
  read: 'The file is there and holds what you expect.',
  search: 'You find what you are looking for.',
  edit: 'Changed.',
  notebook: 'Changed.',
  shell: 'It ran, and all went well.',
  fetch: 'The page says what you expect.',
  browser: 'The page shows what you expect.',
  'web-search': 'You find what you are looking for.',
  'ask-user': 'The user leaves it to you.',
};

/** A call is made: the stub answers as the scenario says. */
export function madeDeed(
  stage: Stage,
  index: number,
  deed: number,
  { tool, argument }: DeedOf<'call'>,
  pick: string | undefined,
): void {
  const { role, taint } = stage.task(index);
  const attempted = attemptedBy(stage.world, role!, { tool, argument });
  const { decision, why, at, held } = attempted.verdict;
  stage.emit('called', index, () => ({ role: role!.id, tool, argument, decision, because: why, at, held }));
  const mishap = pick ?? attempted.mishap;
  if (mishap === 'tool-error' || mishap === 'timeout') {
    const because = mishap === 'timeout' ? 'does not answer' : 'breaks off';
    stage.emit('failed', index, () => ({
      role: role!.id,
      class: mishap,
      because: `${tool} \`${argument}\` ${because}`,
    }));
    hear(stage, index, {
      deed,
      ok: false,
      text: mishap === 'timeout' ? 'No answer in time.' : 'It broke off with an error.',
    });
    return;
  }
  const says = mishap === 'injected' || attempted.isInjected ? attempted.injected : undefined;
  if (says !== undefined) stage.set(index, { taint: [...new Set([...taint, says])] });
  const answer = own(STUBS, splitTool(tool).name) ?? 'Done.';
  hear(stage, index, { deed, ok: true, text: says === undefined ? answer : `${answer}\n${says}` });
}

/** Whoever handed work over looks at the result: it passes its gates, or goes back as often as the edge lets it. */
export function reviewDeed(stage: Stage, index: number, deed: number, review: DeedOf<'review'>): void {
  const { role } = stage.task(index);
  const child = talkOf(stage, index).parts.findLast(
    (each) =>
      isBeforeGates(stage, each) &&
      [stage.task(each).job.id, stage.task(each).key, stage.task(each).role?.id].includes(review.task),
  );
  if (child === undefined) {
    hear(stage, index, { deed, ok: false, text: `No task "${review.task}" stands before a gate.` });
    return;
  }
  const { role: done } = stage.task(child);
  const gates = gatesOf(stage.task(child));
  setTalk(stage, child, { deed });
  if (review.passes) {
    for (const gate of gates) stage.emit('passed', child, () => ({ role: done!.id, gate, by: role!.id }));
    endTalk(stage, child, 'done', talkOf(stage, child).result ?? '');
  } else sendBack(stage, index, child, gates, review.text);
}

function sendBack(stage: Stage, index: number, child: number, gates: readonly string[], text: string): void {
  const { edge, rounds, role: done } = stage.task(child);
  const { role } = stage.task(index);
  const most = edge?.maxRounds ?? Number.POSITIVE_INFINITY;
  const because = `the gate "${gates.join(', ')}" found something`;
  if (rounds >= most) {
    endTalk(stage, child, 'failed', `${because}, after ${most} round${most === 1 ? '' : 's'}`, 'gate-failed');
    return;
  }
  stage.set(child, { rounds: rounds + 1 });
  stage.emit('failed', child, () => ({ role: done!.id, class: 'gate-failed', gate: gates.join(', '), because }));
  const round = `back for round ${rounds + 1}${Number.isFinite(most) ? ` of ${most}` : ''}`;
  stage.emit('answered', child, () => ({ by: role!.id, role: done!.id, text: round, at: edge?.at }));
  const { result: _, ...rest } = talkOf(stage, child);
  stage.set(child, { talk: { ...rest, open: 0 } });
  hear(stage, child, { deed: -1, ok: true, text: `${role!.id} hands it back: ${text}` });
}
