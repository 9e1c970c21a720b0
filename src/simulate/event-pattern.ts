import type { EventPattern } from '../team/scenario.ts';
import type { SimEvent } from './event.ts';
import { fits } from './fits.ts';

/** Whether an event is one of those that a pattern describes. */
export function isSuch(pattern: EventPattern, event: SimEvent): boolean {
  if (!isWord(pattern, event)) return false;
  if (pattern.decision !== undefined && event.decision !== pattern.decision) return false;
  if (pattern.roles && !(event.role !== undefined && pattern.roles.has(event.role))) return false;
  if (pattern.task !== undefined && !isTask(event.task, pattern.task)) return false;
  if (pattern.calls)
    return pattern.calls.some((call) => event.tool !== undefined && fits(call, event.tool, event.argument ?? ''));
  return pattern.names ? namesOf(event).some((name) => pattern.names!.has(name)) : true;
}

/** A call that is denied is never made: where such calls are asked for, it is the refusal that counts. */
function isWord({ word, decision, names, task, roles }: EventPattern, event: SimEvent): boolean {
  if (word === 'called' && decision === 'deny') return event.type === 'refused' && event.tool !== undefined;
  if (word !== event.type) return false;
  return !(word === 'done' && !names && task === undefined && !roles) || event.task === 'request';
}

/** A task by its name in the plan, wherever in the run it stands. */
function isTask(key: string, name: string): boolean {
  return key.split('/').includes(name) || key === name;
}

function namesOf({ type, task, role, by, to, class: failure, step, gate }: SimEvent): readonly string[] {
  const all: readonly (string | undefined)[] =
    type === 'asked'
      ? [to]
      : type === 'answered' || type === 'approved'
        ? [by, ...task.split('/')]
        : [
            role,
            to,
            failure,
            step,
            gate,
            ...(type === 'delegated' || type === 'done' ? [task, task.split('/').at(-1)] : task.split('/')),
          ];
  return all.filter((name) => name !== undefined);
}
