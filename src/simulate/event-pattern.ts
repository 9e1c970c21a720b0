import type { EventPattern, EventWord } from '../team/scenario.ts';
import type { SimEvent } from './event.ts';
import { fits } from './fits.ts';

/** Whether an event is one of those that a pattern describes. */
export function isSuch(pattern: EventPattern, event: SimEvent): boolean {
  if (!isWord(pattern, event)) return false;
  if (pattern.decision !== undefined && event.decision !== pattern.decision) return false;
  if (pattern.roles && !(event.role !== undefined && pattern.roles.has(event.role))) return false;
  if (pattern.task !== undefined && !isPart(pattern.task, event.task)) return false;
  if (pattern.calls)
    return pattern.calls.some((call) => event.tool !== undefined && fits(call, event.tool, event.argument ?? ''));
  return !pattern.names || [...pattern.names].some((name) => NAMES[event.type](name, event));
}

/** A call that is denied is never made: where such calls are asked for, it is the refusal that counts. */
function isWord({ word, decision, names }: EventPattern, event: SimEvent): boolean {
  if (word === 'called' && decision === 'deny') return event.type === 'refused';
  return word === event.type && (word !== 'done' || names !== undefined || event.task === 'request');
}

/** What a name beside a word may be. */
const NAMES: Readonly<Record<EventWord, (name: string, event: SimEvent) => boolean>> = {
  requested: (name, { role }) => name === role,
  delegated: (name, { role, task }) => name === role || isSame(name, task),
  called: () => false,
  asked: (name, { to }) => name === to,
  answered: (name, { by, task }) => name === by || isPart(name, task),
  approved: (name, { by }) => name === by,
  refused: (name, { role, to, task }) => name === role || name === to || isPart(name, task),
  failed: (name, { role, class: failure, task }) => name === role || name === failure || isPart(name, task),
  // Peers are turned to together.
  escalated: (name, { role, to, class: failure, step }) =>
    name === role || name === failure || name === step || (to ?? '').split(', ').includes(name),
  passed: (name, { gate, task }) => name === gate || isPart(name, task),
  done: (name, { role, task }) => name === role || isSame(name, task),
};

/** Whether a task is the one of that name in the plan, wherever in the run it stands. */
function isSame(name: string, task: string): boolean {
  return `/${task}`.endsWith(`/${name}`);
}

/** Whether a task is the one of that name in the plan, or a part of it. */
function isPart(name: string, task: string): boolean {
  return `/${task}/`.includes(`/${name}/`);
}
