import type { End, SimEvent } from './event.ts';
import type { State } from './state.ts';

/**
 * How each task of a run failed and climbed, in words; tasks that never failed are left out. Of the events it takes those
 * that fail or escalate; how a task ended, the state says.
 */
export function chainsOf(events: readonly SimEvent[], { tasks }: Pick<State, 'tasks'>): readonly string[] {
  const byTask = new Map<string, string[]>();
  for (const event of events) addLink(byTask, event);
  if (byTask.size === 0) return [];
  for (const { key, end } of tasks) if (end && end !== 'failed') byTask.get(key)?.push(LAST[end]);
  return [...new Set([...byTask].map(([task, links]) => `${task}: ${links.join(' → ')}`))];
}

function addLink(byTask: Map<string, string[]>, { type, task, class: failure, step, end }: SimEvent): void {
  if ((type !== 'failed' && type !== 'escalated') || step === 'utilization') return;
  const own = byTask.get(task);
  const link = end ? LAST[end] : ((type === 'failed' ? failure : step) ?? type);
  if (own && own.at(-1) !== link) own.push(link);
  // A task that ends with its first failure was never begun: what it needed failed.
  if (!own && !end) byTask.set(task, [link]);
}

const LAST: Readonly<Record<End, string>> = { done: 'done', escalated: 'settled', failed: 'given up' };
