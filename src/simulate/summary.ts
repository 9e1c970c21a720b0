import type { End } from './event.ts';
import { utilizationOf } from './expectations.ts';
import type { Run } from './play.ts';
import type { Over } from './state.ts';
import { ASSUMED, priceOf, type World } from './world.ts';

/** A run in a few numbers. Time in milliseconds, cost in US dollars. */
export interface Summary {
  readonly over: Over;
  readonly time: number;
  readonly tasks: { readonly done: number; readonly failed: number; readonly escalated: number; readonly open: number };
  /** The most hand-overs below one another. */
  readonly depth: number;
  readonly calls: { readonly allow: number; readonly ask: number; readonly deny: number };
  /** Failures that climbed past the role itself, by the step that they came to. */
  readonly escalations: ReadonlyMap<string, number>;
  /** Results with a flaw that no gate found. */
  readonly flawed: number;
  readonly busiest?: {
    readonly role: string;
    readonly worked: number;
    readonly utilization: number;
    readonly tasks: number;
  };
  readonly cost: number;
  readonly tokens: number;
  readonly assumptions: readonly string[];
}

/** Sums a run up. */
export function summarize(world: World, run: Run): Summary {
  const { state, over } = run;
  const parts = [...state.tasks].filter(({ parent }) => parent !== -1);
  const ended = (end: End | undefined): number => parts.filter((task) => task.end === end).length;
  return {
    over,
    time: state.now,
    tasks: { done: ended('done'), failed: ended('failed'), escalated: ended('escalated'), open: ended(undefined) },
    depth: parts.reduce((most, { depth }) => Math.max(most, depth), 0),
    calls: callsIn(run),
    escalations: escalationsIn(run),
    flawed: parts.filter(({ flawed, end, parts: split }) => flawed && end === 'done' && !split).length,
    ...busiestOf(world, run),
    cost: state.cost,
    tokens: state.tokens,
    assumptions: assumptionsOf(world, run),
  };
}

function callsIn({ events }: Run): Summary['calls'] {
  const called = events.filter(({ type }) => type === 'called');
  const denied = events.filter(
    ({ type, tool, by }) => type === 'refused' && tool !== undefined && tool !== 'delegate' && by === undefined,
  );
  const decided = (wanted: string): number => called.filter(({ decision }) => decision === wanted).length;
  return { allow: decided('allow'), ask: decided('ask'), deny: denied.length };
}

function escalationsIn({ events }: Run): Summary['escalations'] {
  const counts = new Map<string, number>();
  for (const { type, step, role, to } of events)
    if (type === 'escalated' && to !== undefined && to !== role && step !== 'utilization')
      counts.set(step!, (counts.get(step!) ?? 0) + 1);
  return counts;
}

function busiestOf(world: World, run: Run): Pick<Summary, 'busiest'> {
  const stations = world.roles.map((role, at) => ({ role, ...run.state.stations[at]! }));
  const most = stations.reduce<(typeof stations)[number] | undefined>(
    (best, each) => (each.worked > (best?.worked ?? 0) ? each : best),
    undefined,
  );
  if (!most) return {};
  const { role, worked, tasks } = most;
  return { busiest: { role: role.id, worked, tasks, utilization: utilizationOf(run, world, [role]) } };
}

/** What was taken for granted in a run because nobody said it. */
function assumptionsOf(world: World, { events, state }: Run): readonly string[] {
  if (world.turns)
    return [
      'tools answer well where the scenario says nothing else',
      'time is that of the answers, and that of people',
    ];
  const leaves = [...state.tasks].filter(({ tries }) => tries > 0);
  const minutes = (time: number): string => `${time / 60_000} minutes`;
  const asked = events.flatMap(({ to, step }) => (to === undefined || step === 'utilization' ? [] : [to]));
  const people = new Set(asked.filter((id) => world.team.people.has(id) && !world.scenario.people.has(id)));
  const unpriced = new Set(leaves.flatMap(({ role }) => (role && !priceOf(world.team, role) ? [role.id] : [])));
  const { turnsOfAnAttempt, tokensOfATurn: tokens, price } = ASSUMED;
  return [
    ...(leaves.some(({ job }) => job.effort === undefined)
      ? [`work without an effort takes ${minutes(ASSUMED.effort)}`]
      : []),
    ...(leaves.some(({ repeated }) => repeated) ? [`another try takes a quarter of the effort`] : []),
    ...(events.some(({ type, by }) => type === 'answered' && by !== undefined && world.team.roles.has(by))
      ? [`a role answers within ${minutes(ASSUMED.answer)}`]
      : []),
    ...(people.size > 0 ? [`${[...people].join(', ')} says yes after 5 to 15 minutes`] : []),
    ...(world.scenario.outcomes.size === 0 ? ['all work ends well'] : []),
    `${turnsOfAnAttempt} turns for each attempt and one for each call, hand-over and answer, of ${tokens.input} tokens in and ${tokens.output} out`,
    ...(unpriced.size > 0
      ? [`$${price.input} and $${price.output} for a million tokens in and out, where a model has no price`]
      : []),
    'the request comes in at nine, and every day is a working day',
  ];
}
