import type { Example, Role, Step } from '../team/team.ts';
import { whyHolds } from './conditions.ts';
import type { Job, Part, Parts } from './job.ts';
import { jobOf, partsFrom, passedOn, restOf, rolesNamed, shareOf } from './job.ts';
import type { Line } from './line.ts';
import { once, onceForTwo } from './memo.ts';
import { nearestExample } from './nearest.ts';
import { edgesFor, type Found } from './routes.ts';
import type { Stage } from './stage.ts';
import type { World } from './world.ts';

const WHOLE = partsFrom([]);

/** How a role splits what it was given: by the scenario's plan, by its own nearest example, or one task per edge that takes it. No parts where it does the work itself. */
export function partsOf(stage: Stage, index: number): Parts {
  const { job, line } = stage.task(index);
  const { world } = stage;
  const { tasks } = world.scenario;
  const role = line.role!;
  if (job.source === 'request' && tasks.length > 0) return ofScenario(job, tasks);
  if (isBoundElsewhere(job, role)) return whole(job);
  if (tasks.length === 0 && job.source !== 'rest' && role.work.examples.length > 0) {
    const { example } = nearest(job, role);
    if (example) return ofExample(job, example.tasks);
  }
  return partsByEdges(world)(edgesFor(stage, role, job), line);
}

/** Whether the plan names other roles for the task than the one that has it now. */
function isBoundElsewhere(job: Job, role: Role): boolean {
  const named = rolesNamed(job);
  return job.source !== 'request' && named.length > 0 && !named.includes(role);
}

const whole = once((job: Job) => partsFrom([{ job: passedOn(job) }]));

const nearest = onceForTwo((job: Job, role: Role): { readonly example?: Example } => {
  return nearestExample(job.text, role.work.examples) ?? {};
});

const ofScenario = onceForTwo((job: Job, steps: readonly Step[]) => partsIn(steps, 'scenario', job));

const ofExample = onceForTwo((job: Job, steps: readonly Step[]) => partsIn(steps, 'example', job));

/** Steps as parts of a job. What depends on labels that are not there is left out. */
function partsIn(steps: readonly Step[], source: Job['source'], job: Job): Parts {
  const isMeant = ({ when, labels }: Step): boolean =>
    when.length === 0 ||
    when.some(
      (condition) =>
        MOMENTS.has(condition.word ?? '') || whyHolds(condition, { ...job.labels, ...labels }, () => 0) !== undefined,
    );
  return partsFrom(steps.filter(isMeant).map((step, number) => ({ job: jobOf(step, number, source) })));
}

const MOMENTS: ReadonlySet<string> = new Set(['start', 'delegate', 'respond', 'finish']);

const partsByEdges = once((world: World) => onceForTwo((found: Found, line: Line) => byEdges(world, found, line)));

function byEdges(world: World, found: Found, line: Line): Parts {
  const { job, specific } = found;
  const role = line.role!;
  const edges = found.edges.filter(({ edge }) => world.targetsOf(edge).some((target) => !line.has(target)));
  if (edges.length === 0 || job.source === 'rest') return WHOLE;
  const parts = edges.map(({ edge, why }): Part => ({ job: passedOn(job), edge, why }));
  const isPlanned = job.source === 'scenario' || job.source === 'example';
  const { mandatory } = world.postOf(role);
  if (isPlanned && !mandatory && rolesNamed(job).includes(role)) return WHOLE;
  if (!hasHands(world, role) || (mandatory && (isPlanned || !specific))) return partsFrom(parts);
  if (isPlanned || !specific) return WHOLE;
  const asked = parts.map((part, at): Part => ({ ...part, job: shareOf(job, at + 1) }));
  // Whoever can act does what remains once the others have had their part.
  return partsFrom([...asked, { job: restOf(job, asked.length) }]);
}

/** Whether a role can do work on the product itself: change some source file, or run some program. */
function hasHands({ rules }: World, role: Role): boolean {
  const may = (tool: string, argument: string): boolean => rules.call(role, tool, argument).own !== 'deny';
  return may('shell', 'make build') || may('edit', 'src/index.ts');
}
