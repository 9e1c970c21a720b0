import type { Step } from '../../team/team.ts';
import { personsOf, rolesOf } from '../../team/team.ts';
import type { Stage } from '../stage.ts';
import { talkOf } from './talk.ts';

/** What a role is told when it gets a task: the request with its plan, or what another role hands over. */
export function briefOf(stage: Stage, index: number): string {
  const { job, owner, edge } = stage.task(index);
  if (!owner) return [`The request: ${job.text}`, ...labelLines(job.labels), ...planLines(stage)].join('\n');
  if (talkOf(stage, index).asked) return `${owner.id} turns to you: ${job.text}\nYour answer goes back to ${owner.id}.`;
  const kept = edge?.context?.exclude ?? [];
  const others = [...rolesOf([...(edge?.with ?? []), ...job.with]), ...personsOf([...(edge?.with ?? []), ...job.with])];
  return [
    `${owner.id} hands you: ${job.text}`,
    ...labelLines(job.labels),
    ...(kept.length > 0 ? [`Not passed on to you: ${kept.join(', ')}.`] : []),
    ...(others.length > 0 ? [`Together with: ${others.map(({ id }) => id).join(', ')}.`] : []),
    `Your result goes back to ${owner.id}.`,
  ].join('\n');
}

function labelLines(labels: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(labels).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
}

function planLines({ world: { scenario } }: Stage): readonly string[] {
  if (scenario.tasks.length === 0) return [];
  return ['', 'There is a plan; name its task in `plan` when you hand one over:', ...scenario.tasks.map(planLine)];
}

function planLine(step: Step, number: number): string {
  const named = rolesOf(step.to).map(({ id }) => id);
  const details = [
    ...(step.needs.length > 0 ? [`after ${step.needs.join(', ')}`] : []),
    ...(named.length > 0 ? [`for ${named.join(' or ')}`] : []),
    ...(step.gates.length > 0 ? [`gate ${step.gates.join(', ')}`] : []),
    ...(step.optional ? ['may be left out'] : []),
  ];
  const id = planName(step, number);
  return `- ${id}: ${[step.do, ...step.for].join(' ')}${details.length > 0 ? ` (${details.join('; ')})` : ''}`;
}

/** What a task of the plan is called; those of a list have numbers. */
export function planName({ id }: Pick<Step, 'id'>, number: number): string {
  return id ?? String(number + 1);
}
