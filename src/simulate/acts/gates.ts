import type { Task } from '../state.ts';

/** The gates that a result must pass: those of the plan, then those of the edge. */
export function gatesOf({ job, edge }: Pick<Task, 'job' | 'edge'>): readonly string[] {
  return [...new Set([...job.gates, ...(edge?.gates ?? [])])];
}
