import type { Role } from '../../team/team.ts';
import { own } from '../../text/own.ts';
import type { End } from '../event.ts';
import type { Details, Stage } from '../stage.ts';
import type { Deed, Heard, Talk } from '../turn.ts';
import { gatesOf } from './gates.ts';

/** A talk in which nothing was said yet. */
export const SILENCE: Talk = { turns: 0, heard: [], parts: [], open: 0, deed: -1 };

/** What is said about a task. */
export function talkOf(stage: Stage, index: number): Talk {
  return stage.task(index).talk ?? SILENCE;
}

/** Changes what is said about a task. */
export function setTalk(stage: Stage, index: number, change: Partial<Talk>): void {
  stage.set(index, { talk: { ...talkOf(stage, index), ...change } });
}

/** What one of the last turn's deeds came to; when all are answered, the role has its next turn. */
export function hear(stage: Stage, index: number, heard: Heard): void {
  const talk = talkOf(stage, index);
  const open = talk.open - (heard.deed === -1 ? 0 : 1);
  setTalk(stage, index, { heard: [...talk.heard, heard], open });
  if (open === 0 && stage.task(index).end === undefined) stage.later('turn', index);
}

/** The role that something is forbidden to hears so, and of the rule. */
export function forbid(stage: Stage, index: number, deed: number, event: Details & { because: string }): void {
  const { role } = stage.task(index);
  stage.emit('refused', index, () => ({ role: role!.id, ...event }));
  const { because, at } = event;
  hear(stage, index, { deed, ok: false, text: `Refused: ${because}.`, ...(at ? { at } : {}) });
}

/** A task that its role decided about comes to its end; whoever handed it over hears what came of it. */
export function endTalk(stage: Stage, index: number, end: End, text: string, failure = 'failed'): void {
  stage.set(index, { end });
  const { parent, role, owner, worked, job, taint } = stage.task(index);
  const { deed, asked } = talkOf(stage, index);
  const who = (role ?? owner)!.id;
  if (end !== 'done') stage.emit('failed', index, () => ({ role: who, class: failure, end, because: short(text) }));
  else if (asked) stage.emit('answered', index, () => ({ by: who, role: owner!.id, text: short(text) }));
  else stage.emit('done', index, () => ({ role: who, end, worked, text: short(text) }));
  if (parent === -1) {
    stage.end({ kind: end });
    return;
  }
  stage.set(parent, { taint: [...new Set([...stage.task(parent).taint, ...taint])] });
  const said = asked ? `${who} answers: ${text}` : `"${job.id}" is done by ${who}: ${text}`;
  hear(stage, parent, {
    deed,
    ok: end === 'done',
    text: end === 'done' ? said : `"${job.id}" came to nothing (${failure}): ${text}`,
  });
}

/** What is told of a text in the account of a run. */
function short(text: string): string {
  return text.length <= 400 ? text : `${text.slice(0, 399)}…`;
}

/** A role says that it has finished: what it handed out must be back and looked at; then its own gates have a say. */
export function finish(
  stage: Stage,
  index: number,
  deed: number,
  { ok, text }: Extract<Deed, { kind: 'finish' }>,
): void {
  const { owner } = stage.task(index);
  const { parts, open } = talkOf(stage, index);
  if (open > (deed === -1 ? 0 : 1)) {
    const busy = 'something that you asked for in the same turn has no answer yet; finish when it has';
    hear(stage, index, { deed, ok: false, text: `Not yet: ${busy}.` });
    return;
  }
  const waiting = parts.find((child) => isBeforeGates(stage, child));
  if (waiting !== undefined) {
    const { job, edge: over } = stage.task(waiting);
    const names = gatesOf(stage.task(waiting)).join(', ');
    const because = `"${job.id}" still stands before the gate ${names}, and nobody has looked`;
    forbid(stage, index, deed, { because, gate: names, ...(over ? { at: over.at } : {}) });
    return;
  }
  const gates = gatesOf(stage.task(index));
  if (!ok) endTalk(stage, index, 'failed', text);
  else if (gates.length === 0 || !owner) endTalk(stage, index, 'done', text);
  else present(stage, index, gates, owner, text);
}

/** Whether a task has a result that nobody has looked at. */
export function isBeforeGates(stage: Stage, index: number): boolean {
  return stage.task(index).end === undefined && talkOf(stage, index).result !== undefined;
}

/** A result comes before its gates: whoever handed the task over is asked to look. */
function present(stage: Stage, index: number, gates: readonly string[], owner: Role, text: string): void {
  setTalk(stage, index, { result: text });
  const { parent, job, role } = stage.task(index);
  const checks = owner.fields['quality-gates'] as Readonly<Record<string, unknown>> | undefined;
  const what = gates.map((gate) => {
    const list = [own(checks, gate) ?? []].flat().filter((item) => typeof item === 'string');
    return list.length === 0 ? gate : `${gate} (${list.join('; ')})`;
  });
  hear(stage, parent, {
    deed: talkOf(stage, index).deed,
    ok: true,
    text: `"${job.id}" comes back from ${role!.id}: ${text}\nIt stands before: ${what.join(', ')}. Look at it with \`review\`, task "${job.id}".`,
  });
}
