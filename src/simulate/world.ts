import { type Escalation, escalationOf } from '../analysis/escalation.ts';
import type { Behaviour, Limits, Scenario } from '../team/scenario.ts';
import type { Edge, Person, Role, Team } from '../team/team.ts';
import type { Rulebook } from './rulebook.ts';

/** Everything that stays the same during a run. */
export interface World {
  readonly team: Team;
  readonly scenario: Scenario;
  readonly rules: Rulebook;
  readonly escalation: Escalation;
  readonly roles: readonly Role[];
  readonly limits: Limits & Pick<Required<Limits>, 'steps' | 'wall'>;
  /** Escalation edges that depend on a measure alone. */
  readonly watchers: readonly Edge[];
  /** Whether roles decide for themselves, turn by turn, what they do. */
  readonly turns: boolean;
  indexOf(role: Role): number;
  /** The position of a role among all, by its id. */
  positionOf(id: string): number;
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
  return {
    team,
    scenario,
    rules,
    escalation: escalationOf(team),
    roles,
    watchers: team.edges.filter(
      ({ type, when }) => type === 'escalates-to' && when.some(({ measures }) => measures.length > 0),
    ),
    limits: { ...CAUTION, ...scenario.limits },
    turns,
    indexOf: (role) => positions.get(role.id) ?? -1,
    positionOf: (id) => positions.get(id) ?? -1,
  };
}

/** How a person behaves when asked. */
export function behaviourOf({ scenario }: World, person: Pick<Person, 'id'>): Behaviour {
  return scenario.people.get(person.id) ?? AGREEABLE;
}

/** How many tasks a role works on at once, and how many hours a day. A role without capacity has no bounds. */
export function capacityOf(role: Role): { readonly slots: number; readonly hours: number } {
  const { capacity } = role.fields;
  if (!capacity) return { slots: Number.POSITIVE_INFINITY, hours: 24 };
  return { slots: capacity.slots ?? 1, hours: capacity['hours-per-day'] ?? 24 };
}

/** When somebody is there again who may be away at a time; the time itself where nobody says otherwise. */
export function backAt({ scenario }: World, id: string, now: number): number {
  let back = now;
  for (const fault of scenario.faults)
    if (fault.kind === 'unavailable' && fault.who.id === id && back >= fault.from && back < fault.from + fault.lasting)
      back = fault.from + fault.lasting;
  return back;
}

/** What a turn of a role costs, in US dollars. */
export function costOfTurn({ team }: World, role: Role): number {
  const { input, output } = priceOf(team, role) ?? ASSUMED.price;
  const { tokensOfATurn: tokens } = ASSUMED;
  return (tokens.input * input + tokens.output * output) / 1_000_000;
}

/** The price that the team gives for a role's model, if it does. */
export function priceOf(team: Team, role: Role): { readonly input: number; readonly output: number } | undefined {
  const model = team.definition.models?.[role.fields.model ?? ''];
  if (typeof model !== 'object' || !model.price) return undefined;
  const { input = ASSUMED.price.input, output = ASSUMED.price.output } = model.price;
  return { input, output };
}
