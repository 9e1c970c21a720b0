import { type Call, type Edge, type Reference, type Role, rolesOf, type Step } from '../team/team.ts';
import type { Place } from '../text/place.ts';
import { once } from './memo.ts';

/** A piece of work as it was planned, whoever does it. */
export interface Job {
  /** What the plan calls it; `request` is the whole. */
  readonly id: string;
  readonly text: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly to: readonly Reference[];
  readonly with: readonly Reference[];
  readonly needs: readonly string[];
  readonly gates: readonly string[];
  readonly calls: readonly Call[];
  readonly effort: Step['effort'];
  readonly optional: boolean;
  readonly source: 'request' | 'scenario' | 'example' | 'edge' | 'rest';
  /** Where the plan says it. */
  readonly at?: Place;
}

/** A part of a task; the edge that it goes over where that is settled, and why. */
export interface Part {
  readonly job: Job;
  readonly edge?: Edge;
  readonly why?: string;
}

/** The parts of a task, and how they wait for each other. */
export interface Parts {
  readonly parts: readonly Part[];
  /** For each part, how many others it needs. */
  readonly open: readonly number[];
  /** By the name that the plan gives a part, the positions of those that wait for it. */
  readonly dependents: ReadonlyMap<string, readonly number[]>;
  /** The positions of parts that wait for each other, and of those that wait for them. */
  readonly stuck: readonly number[];
}

/** The roles that a plan names for a job. */
export const rolesNamed: (job: Job) => readonly Role[] = once((job: Job) => rolesOf(job.to));

/** The same work one hand-over further: its gates are looked at by those who planned it. */
export const passedOn = once((job: Job): Job => {
  const isPassed = job.source !== 'request' && job.needs.length + job.gates.length === 0;
  return isPassed ? job : { ...job, source: job.source === 'request' ? 'edge' : job.source, needs: [], gates: [] };
});

/** The same work without what it waits for and what looks at it. */
export const bare = once(
  (job: Job): Job => (job.needs.length + job.gates.length === 0 ? job : { ...job, needs: [], gates: [] }),
);

/** The same work for whoever can do it. */
export const forAnybody = once((job: Job): Job => (job.to.length === 0 ? job : { ...job, to: [] }));

const numbered = once((_: Job) => new Map<string, Job>());

/** What some of those are asked who have a part in a job; and what remains for whoever asks them. */
export function shareOf(job: Job, number: number): Job {
  return variant(job, `${job.id}-${number}`, (id) => ({ ...passedOn(job), id, calls: [] }));
}

/** What remains of a job for whoever has asked so many others to do a part. */
export function restOf(job: Job, shares: number): Job {
  const needs = Array.from({ length: shares }, (_, at) => `${job.id}-${at + 1}`);
  return variant(job, `rest ${shares}`, () => ({ ...job, id: 'rest', source: 'rest', needs, gates: [] }));
}

function variant(job: Job, key: string, make: (key: string) => Job): Job {
  const known = numbered(job);
  const found = known.get(key) ?? make(key);
  known.set(key, found);
  return found;
}

/** A step of a plan as a job; those of a list run in order and get numbers for names. */
export function jobOf(step: Step, number: number, source: Job['source']): Job {
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

/** Works out how parts wait for each other. */
export function partsFrom(parts: readonly Part[]): Parts {
  const ids = new Set(parts.map(({ job }) => job.id));
  const open = parts.map(({ job }) => job.needs.filter((need) => ids.has(need)).length);
  const dependents = new Map<string, number[]>();
  for (const [position, { job }] of parts.entries())
    for (const need of job.needs) {
      const own = dependents.get(need);
      if (own) own.push(position);
      else dependents.set(need, [position]);
    }
  return { parts, open, dependents, stuck: stuckOf(parts, open, dependents) };
}

/** The positions of parts that wait for each other, and of those that wait for them. */
function stuckOf(
  parts: readonly Part[],
  open: readonly number[],
  dependents: ReadonlyMap<string, readonly number[]>,
): readonly number[] {
  const left = [...open];
  const settled = new Set([...parts.keys()].filter((position) => left[position] === 0));
  for (const position of settled)
    for (const next of dependents.get(parts[position]!.job.id) ?? []) if (--left[next]! === 0) settled.add(next);
  return [...parts.keys()].filter((position) => !settled.has(position));
}
