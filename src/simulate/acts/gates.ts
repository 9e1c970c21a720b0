import type { Edge } from '../../team/team.ts';
import type { Job } from '../job.ts';
import { once, onceForTwo } from '../memo.ts';
import type { Task } from '../task.ts';

/** The gates that a result must pass: those of the plan, then those of the edge. */
export function gatesOf({ job, edge }: Pick<Task, 'job' | 'edge'>): readonly string[] {
  return edge ? ofBoth(job, edge) : ofPlan(job);
}

const ofPlan = once((job: Job): readonly string[] => [...new Set(job.gates)]);

const ofBoth = onceForTwo((job: Job, edge: Edge): readonly string[] => [...new Set([...job.gates, ...edge.gates])]);
