import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { ScenarioDefinition } from '../schema/generated/definitions.ts';
import { below, keyOf, type Place } from '../text/place.ts';
import { entries, listOf } from './items.ts';
import type { Behaviour, Limits, Outcomes, Scenario, ScenarioRequest } from './scenario.ts';
import { expectationsOf } from './scenario-expect.ts';
import { faultsOf } from './scenario-faults.ts';
import { ScenarioNames } from './scenario-names.ts';
import { amount, milliseconds, range, share } from './scenario-units.ts';
import type { Reference, Step, Team } from './team.ts';
import { stepsOf } from './work.ts';

/** A scenario with its names resolved, and everything that is wrong with it. */
export interface LinkedScenario {
  readonly scenario: Scenario;
  /** Every name that led to a role, a group or a person, with its place. */
  readonly references: readonly Reference[];
  readonly problems: readonly Diagnostic[];
}

/** Resolves the names in a scenario against its team. The data has been checked against the schema. */
export function linkScenario(definition: ScenarioDefinition, at: Place, team: Team): LinkedScenario {
  const names = new ScenarioNames(team);
  const placeIn = (...steps: readonly (string | number)[]): Place => below(at, ...steps);
  const tasks = stepsOf(definition.tasks, ['tasks'], placeIn, names.scope);
  const outcomes = outcomesOf(definition, at, names);
  const classes = [...outcomes.values()].flatMap((each) =>
    each.kind === 'script' ? each.script : each.shares.map(([outcome]) => outcome),
  );
  names.bring(
    tasks.flatMap(({ id }) => id ?? []),
    classes,
  );
  checkOutcomes(outcomes, names);
  checkRings(tasks, names);
  for (const { effort, at: place } of tasks) checkOrder(effort, below(place, 'effort'), names);
  const scenario: Scenario = {
    at,
    request: requestOf(definition, at, names),
    tasks,
    people: peopleOf(definition, at, team, names),
    outcomes,
    limits: limitsOf(definition.limits),
    faults: faultsOf(definition, at, names),
    expectations: expectationsOf(definition, at, names),
    ...(definition.name === undefined ? {} : { name: definition.name }),
    ...(definition.target === undefined ? {} : { target: definition.target }),
  };
  return { scenario, references: names.references, problems: names.problems() };
}

function requestOf({ request }: ScenarioDefinition, at: Place, names: ScenarioNames): ScenarioRequest {
  const place = below(at, 'request');
  // What did not fit the schema was left out, and told.
  if (typeof request !== 'object') return { text: request ?? '', labels: {}, at: place };
  const to = request.to === undefined ? undefined : names.role(request.to, below(place, 'to'));
  return { text: request.text, labels: request.labels ?? {}, at: place, ...(to ? { to } : {}) };
}

function outcomesOf({ outcomes }: ScenarioDefinition, at: Place, names: ScenarioNames): ReadonlyMap<string, Outcomes> {
  return new Map(
    entries(outcomes).map(([name, value]): [string, Outcomes] => {
      const place = below(at, 'outcomes', name);
      if (Array.isArray(value)) return [name, { kind: 'script', script: listOf(value as string[]), at: place }];
      const shares = entries(value as Readonly<Record<string, string>>).map(
        ([outcome, ratio]) => [outcome, share(ratio)] as const,
      );
      const sum = shares.reduce((total, [, part]) => total + part, 0);
      if (Math.abs(sum - 1) > 1e-6)
        names.tell(
          place,
          `The outcomes of "${name}" add up to ${Number((sum * 100).toFixed(2))}%; they must add up to 100%.`,
        );
      return [name, { kind: 'shares', shares, at: place }];
    }),
  );
}

/** Outcomes belong to a task, a role or to everything. */
function checkOutcomes(outcomes: ReadonlyMap<string, Outcomes>, names: ScenarioNames): void {
  for (const [name, { at }] of outcomes) if (name !== '*') names.ids(name, ['task', 'role'], keyOf(at));
}

/** Tasks that wait for each other never begin. */
function checkRings(tasks: readonly Step[], names: ScenarioNames): void {
  const byId = new Map(tasks.flatMap((task) => (task.id === undefined ? [] : [[task.id, task] as const])));
  const waiting = new Map(
    [...byId].map(([id, { needs }]) => [id, new Set(needs.filter((need) => byId.has(need))).size]),
  );
  const needing = new Map<string, string[]>();
  for (const [id, { needs }] of byId)
    for (const need of new Set(needs)) needing.set(need, [...(needing.get(need) ?? []), id]);
  const settled = new Set([...waiting].flatMap(([id, count]) => (count === 0 ? [id] : [])));
  for (const id of settled)
    for (const next of needing.get(id) ?? []) {
      const left = waiting.get(next)! - 1;
      waiting.set(next, left);
      if (left === 0) settled.add(next);
    }
  const start = [...byId.keys()].find((id) => !settled.has(id));
  if (start === undefined) return;
  const ring = ringFrom(start, byId, settled);
  const place = byId.get(ring[0]!)!.at;
  names.tell(below(place, 'needs'), `Tasks wait for each other: ${[...ring, ring[0]].join(' needs ')}.`);
}

function ringFrom(start: string, byId: ReadonlyMap<string, Step>, settled: ReadonlySet<string>): readonly string[] {
  const walk: string[] = [];
  let id = start;
  while (!walk.includes(id)) {
    walk.push(id);
    id = byId.get(id)!.needs.find((need) => byId.has(need) && !settled.has(need))!;
  }
  return walk.slice(walk.indexOf(id));
}

function peopleOf(
  definition: ScenarioDefinition,
  at: Place,
  team: Team,
  names: ScenarioNames,
): ReadonlyMap<string, Behaviour> {
  return new Map(
    entries(definition.people).flatMap(([id, said]): readonly (readonly [string, Behaviour])[] => {
      const place = below(at, 'people', id);
      if (!team.people.has(id)) names.tell(keyOf(place), `There is no person "${id}".`, [...team.people.keys()], id);
      const approves = share(said.approves ?? '100%');
      if (approves > 1) names.tell(below(place, 'approves'), `Nobody can approve ${said.approves} of what is asked.`);
      const hours = said.hours === undefined ? undefined : hoursOf(said.hours, below(place, 'hours'), names);
      checkOrder(said['answers-in'], below(place, 'answers-in'), names);
      const answersIn = range(said['answers-in'] ?? DEFAULT_ANSWER);
      return [[id, { approves, answersIn, ...(hours ? { hours } : {}) }]];
    }),
  );
}

/** Of two lengths of time the shorter one comes first; the other way round one of them is most likely mistyped. */
function checkOrder(span: Step['effort'], at: Place, names: ScenarioNames): void {
  if (span === undefined || typeof span === 'string') return;
  const [least, most = least] = span;
  if (least === undefined || most === undefined || milliseconds(least) <= milliseconds(most)) return;
  names.tell(at, `${least} is longer than ${most}; write the shorter one first.`);
}

/** How long people take to answer where a scenario does not say it. */
export const DEFAULT_ANSWER: readonly [string, string] = ['5m', '15m'];

function hoursOf(text: string, at: Place, names: ScenarioNames): readonly [number, number] | undefined {
  const [from = 0, to = 0] = text.split('-').map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  if (from < to && to <= 24 * 60) return [from, to];
  names.tell(at, `"${text}" is no time of day: write the earlier hour first, and nothing after 24:00.`);
  return undefined;
}

function limitsOf(said: ScenarioDefinition['limits'] = {}): Limits {
  const { depth, concurrent, turns, steps, cost, tokens, wall } = said;
  return {
    ...(depth === undefined ? {} : { depth }),
    ...(concurrent === undefined ? {} : { concurrent }),
    ...(turns === undefined ? {} : { turns }),
    ...(steps === undefined ? {} : { steps }),
    ...(cost === undefined ? {} : { cost }),
    ...(tokens === undefined ? {} : { tokens: amount(tokens) }),
    ...(wall === undefined ? {} : { wall: milliseconds(wall) }),
  };
}
