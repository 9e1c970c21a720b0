import type { Edge, Role } from '../team/team.ts';
import { targets } from '../team/team.ts';
import type { Step } from '../team/work.ts';
import { type Labels, whyHolds } from './conditions.ts';
import { nearestExample } from './nearest.ts';
import { edgesFor, rolesAbove, rolesNamed } from './routes.ts';
import type { Stage } from './stage.ts';
import type { Job } from './state.ts';

/** A part of a task; the edge that it goes over where that is settled, and why. */
export interface Part {
  readonly job: Job;
  readonly edge?: Edge;
  readonly why?: string;
}

/** The parts of a task, and in words where they come from; no parts where the role does the work itself. */
export interface Parts {
  readonly parts: readonly Part[];
  readonly because?: string;
}

const WHOLE: Parts = { parts: [] };

/** How a role splits what it was given: by the scenario's plan, by its own nearest example, or one task per edge that takes it. */
export function partsOf(stage: Stage, index: number, role: Role): Parts {
  const { job, parent } = stage.task(index);
  const { scenario } = stage.world;
  if (job.source === 'request' && scenario.tasks.length > 0)
    return { parts: partsIn(scenario.tasks, 'scenario', job.labels), because: 'the scenario has a plan' };
  if (isBoundElsewhere(job, role)) return { parts: [{ job: passedOn(job) }] };
  const own = scenario.tasks.length > 0 || job.source === 'rest' ? [] : role.work.examples;
  const near = nearestExample(job.text, own);
  if (near) {
    const because = `it is like the example "${near.example.request}"`;
    return { parts: partsIn(near.example.tasks, 'example', job.labels), because };
  }
  return byEdges(stage, job, role, [role, ...(parent === -1 ? [] : rolesAbove(stage, parent))]);
}

function byEdges(stage: Stage, job: Job, role: Role, above: readonly Role[]): Parts {
  const found = edgesFor(stage, role, job);
  const edges = found.edges.filter(({ edge }) => targets(edge).some((target) => !above.includes(target)));
  if (edges.length === 0 || job.source === 'rest') return WHOLE;
  const parts = edges.map(({ edge, why }): Part => ({ job: passedOn(job), edge, why }));
  const planned = job.source === 'scenario' || job.source === 'example';
  const mandatory = role.fields.delegation?.mandatory === true;
  if (planned && !mandatory && rolesNamed(job).includes(role)) return WHOLE;
  const hands = hasHands(stage, role);
  if (!hands || (mandatory && (planned || !found.specific))) return { parts };
  if (planned || !found.specific) return WHOLE;
  const asked = parts.map(
    (part, number): Part => ({ ...part, job: { ...part.job, id: `${job.id}-${number + 1}`, calls: [] } }),
  );
  // Whoever can act does what remains once the others have had their part.
  const rest: Job = { ...job, id: 'rest', source: 'rest', needs: asked.map((part) => part.job.id), gates: [] };
  return { parts: [...asked, { job: rest }] };
}

/** Whether the plan names other roles for the task than the one that has it now. */
function isBoundElsewhere(job: Job, role: Role): boolean {
  const named = rolesNamed(job);
  return job.source !== 'request' && named.length > 0 && !named.includes(role);
}

/** The same work one hand-over further: its gates are looked at by those who planned it. */
function passedOn(job: Job): Job {
  return { ...job, source: job.source === 'request' ? 'edge' : job.source, needs: [], gates: [] };
}

/** Whether a role can do work on the product itself: change some source file, or run some program. */
function hasHands({ world: { rules } }: Stage, role: Role): boolean {
  const may = (tool: string, argument: string): boolean => rules.call(role, tool, argument).own !== 'deny';
  return may('shell', 'make build') || may('edit', 'src/index.ts');
}

/** Steps as parts; those of a list run in order and get numbers for names. What depends on labels that are not there is left out. */
function partsIn(steps: readonly Step[], source: Job['source'], labels: Labels): readonly Part[] {
  const isMeant = ({ when, labels: own }: Step): boolean =>
    when.length === 0 ||
    when.some(
      (condition) =>
        MOMENTS.has(condition.word ?? '') || whyHolds(condition, { ...labels, ...own }, () => 0) !== undefined,
    );
  return steps.filter(isMeant).map((step, number) => ({ job: jobOf(step, number, source) }));
}

const MOMENTS: ReadonlySet<string> = new Set(['start', 'delegate', 'respond', 'finish']);

function jobOf(step: Step, number: number, source: Job['source']): Job {
  return {
    id: step.id ?? String(number + 1),
    text: [step.do, ...step.for].join(' '),
    labels: step.labels,
    to: step.to,
    with: step.with,
    needs: step.id === undefined ? (number > 0 ? [String(number)] : []) : step.needs,
    gates: step.gates,
    calls: step.calls,
    effort: step.effort,
    optional: step.optional,
    source,
    at: step.at,
  };
}
