import { type Escalation, escalationOf } from '../analysis/escalation.ts';
import type { Behaviour, Limits, Scenario } from '../team/scenario.ts';
import { type Edge, type Person, type Role, type Team, targets } from '../team/team.ts';
import { own } from '../text/own.ts';
import { expertiseFor } from './conditions.ts';
import type { Job } from './job.ts';
import { Line } from './line.ts';
import { once, onceForTwo } from './memo.ts';
import { Name } from './name.ts';
import { type Absence, absencesIn, backFrom, type Post, PRESENT, postOf } from './post.ts';
import type { Rulebook, Verdict } from './rulebook.ts';
import { type Watcher, watcherOf } from './watcher.ts';

/**
 * Everything that stays the same during a run, and what follows from it: that is worked out when it is first needed, and
 * remembered for all runs.
 */
export interface World {
  readonly team: Team;
  readonly scenario: Scenario;
  readonly rules: Rulebook;
  readonly escalation: Escalation;
  readonly roles: readonly Role[];
  readonly limits: Limits & Pick<Required<Limits>, 'steps' | 'wall'>;
  /** Escalation edges that depend on a measure alone. */
  readonly watchers: readonly Watcher[];
  /** Whether roles decide for themselves, turn by turn, what they do. */
  readonly turns: boolean;
  /** Above all lines of roles. */
  readonly top: Line;
  /** What the request is called. */
  readonly request: Name;
  indexOf(role: Role): number;
  /** The position of a role among all, by its id. */
  positionOf(id: string): number;
  postOf(role: Role): Post;
  targetsOf(edge: Edge): readonly Role[];
  /** When somebody is away, by id. */
  absencesOf(id: string): readonly Absence[];
  /** What is decided about one role handing work to another. */
  handOver(from: Role, to: Role): Verdict;
  expertise(job: Job, role: Role): ReturnType<typeof expertiseFor>;
}

/** Limits that hold where a scenario sets none: they only catch what would go on forever. Wall time in milliseconds. */
const CAUTION = { steps: 1_000_000, wall: 365 * 86_400_000 } as const;

/** What the simulation takes for granted where the team and the scenario are silent. Times in milliseconds. */
export const ASSUMED = {
  effort: 30 * 60_000,
  /** How long a role takes to answer a peer or to guide. */
  answer: 10 * 60_000,
  /** A retry takes this part of the effort. */
  retry: 0.25,
  turnsOfAnAttempt: 3,
  tokensOfATurn: { input: 4000, output: 1000 },
  /** Dollars per million tokens, list prices of a middle model in November 2026. */
  price: { input: 3, output: 15 },
} as const;

/** How people behave of whom a scenario says nothing: they agree after five to fifteen minutes. */
const AGREEABLE: Behaviour = { approves: 1, answersIn: [5 * 60_000, 15 * 60_000] };

/** Brings together what a run plays in. */
export function worldOf(team: Team, scenario: Scenario, rules: Rulebook, { turns = false } = {}): World {
  const roles = [...team.roles.values()];
  const positions = new Map(roles.map((role, position) => [role.id, position]));
  const absences = absencesIn(scenario);
  const indexOf = (role: Role): number => positions.get(role.id) ?? -1;
  return {
    team,
    scenario,
    rules,
    escalation: escalationOf(team),
    roles,
    watchers: team.edges.flatMap((edge) => watcherOf(edge, team) ?? []),
    limits: { ...CAUTION, ...scenario.limits },
    turns,
    top: new Line(),
    request: new Name('request'),
    indexOf,
    positionOf: (id) => positions.get(id) ?? -1,
    postOf: once((role: Role) => postOf(role, indexOf(role), absences.get(role.id) ?? PRESENT, costOfTurn(team, role))),
    targetsOf: once((edge: Edge) => targets(edge)),
    absencesOf: (id) => absences.get(id) ?? PRESENT,
    handOver: onceForTwo((from: Role, to: Role) => rules.call(from, 'delegate', to.id)),
    expertise: onceForTwo((job: Job, role: Role) => expertiseFor(role, job.labels, job.text)),
  };
}

/** How a person behaves when asked. */
export function behaviourOf({ scenario }: World, person: Pick<Person, 'id'>): Behaviour {
  return scenario.people.get(person.id) ?? AGREEABLE;
}

/** When somebody is there again who may be away at a time; the time itself where nobody says otherwise. */
export function backAt(world: World, id: string, now: number): number {
  return backFrom(world.absencesOf(id), now);
}

/** What a turn of a role costs, in US dollars. */
function costOfTurn(team: Team, role: Role): number {
  const { input, output } = priceOf(team, role) ?? ASSUMED.price;
  const { tokensOfATurn: tokens } = ASSUMED;
  return (tokens.input * input + tokens.output * output) / 1_000_000;
}

/** The price that the team gives for a role's model, if it does. */
export function priceOf(team: Team, role: Role): { readonly input: number; readonly output: number } | undefined {
  const model = own(team.definition.models, role.fields.model ?? '');
  if (typeof model !== 'object' || !model.price) return undefined;
  const { input = ASSUMED.price.input, output = ASSUMED.price.output } = model.price;
  return { input, output };
}
