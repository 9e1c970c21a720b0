import type { Place } from '../text/place.ts';
import type { Call, Person, Role, Step } from './team.ts';

/** What is asked of the team, and of whom. */
export interface ScenarioRequest {
  readonly text: string;
  /** The role that gets it; routed where it is not said. */
  readonly to?: Role;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly at: Place;
}

/** How a person behaves when asked. */
export interface Behaviour {
  /** How often the answer is yes, as a share of one. */
  readonly approves: number;
  /** The least and the most time to an answer, in milliseconds. */
  readonly answersIn: readonly [least: number, most: number];
  /** When the person is there, in minutes since midnight. */
  readonly hours?: readonly [from: number, to: number];
}

/** How work ends: classes with their shares, or one after the other, try by try; the last one stays. */
export type Outcomes =
  | {
      readonly kind: 'shares';
      readonly shares: readonly (readonly [outcome: string, share: number])[];
      readonly at: Place;
    }
  | { readonly kind: 'script'; readonly script: readonly string[]; readonly at: Place };

/** Where a run stops. Durations in milliseconds, cost in US dollars. */
export interface Limits {
  readonly depth?: number;
  readonly concurrent?: number;
  readonly turns?: number;
  readonly steps?: number;
  readonly tokens?: number;
  readonly cost?: number;
  readonly wall?: number;
}

/** Something that goes wrong. A fault without a chance always happens. */
export type Fault = { readonly at: Place; readonly chance: number } & (
  | { readonly kind: 'tool-error'; readonly calls: readonly Call[] }
  | { readonly kind: 'unavailable'; readonly who: Role | Person; readonly from: number; readonly lasting: number }
  | { readonly kind: 'timeout'; readonly role?: Role; readonly calls: readonly Call[] }
  | { readonly kind: 'injected'; readonly calls: readonly Call[]; readonly says: string }
  | { readonly kind: 'mode'; readonly mode: string; readonly role?: Role; readonly task?: string }
);

/** The words for what happens in a run. */
export const EVENT_WORDS = [
  'requested',
  'delegated',
  'called',
  'asked',
  'answered',
  'approved',
  'refused',
  'failed',
  'escalated',
  'passed',
  'done',
] as const;

/** One of the words for what happens. */
export type EventWord = (typeof EVENT_WORDS)[number];

/** A description of events: a word, and names or calls of which one must fit. */
export interface EventPattern {
  readonly word: EventWord;
  /** Ids of roles, people, tasks, steps, gates or classes of which one must fit; nothing where the word is enough. */
  readonly names?: ReadonlySet<string>;
  readonly calls?: readonly Call[];
  readonly decision?: 'allow' | 'ask' | 'deny';
  readonly roles?: ReadonlySet<string>;
  readonly task?: string;
  /** As it was written, for reports. */
  readonly text: string;
}

/** A bound with its number: a share of one, a count, or milliseconds. */
export type NumberBound = readonly [name: 'at-least' | 'at-most' | 'above' | 'below', value: number];

/** The part of a run in which an expectation looks. */
export interface Span {
  readonly after?: EventPattern;
  readonly before?: EventPattern;
  /** In milliseconds. */
  readonly within?: number;
}

/** What must hold of every run, or of most. */
export type Expectation = { readonly name: string; readonly at: Place } & (
  | ({ readonly kind: 'never' | 'eventually'; readonly event: EventPattern } & Span)
  | { readonly kind: 'count'; readonly event: EventPattern; readonly bounds: readonly NumberBound[] }
  | {
      readonly kind: 'share';
      readonly event: EventPattern;
      readonly bounds: readonly NumberBound[];
      readonly confidence: number;
    }
  | {
      readonly kind: 'utilization';
      readonly of: readonly Role[];
      readonly bounds: readonly NumberBound[];
      readonly confidence: number;
    }
);

/** A request and the world it meets, with its names resolved. */
export interface Scenario {
  readonly name?: string;
  readonly at: Place;
  readonly request: ScenarioRequest;
  readonly target?: string;
  readonly tasks: readonly Step[];
  readonly people: ReadonlyMap<string, Behaviour>;
  readonly outcomes: ReadonlyMap<string, Outcomes>;
  readonly limits: Limits;
  readonly faults: readonly Fault[];
  readonly expectations: readonly Expectation[];
}

/** A scenario that says nothing but the request. */
export function bareScenario(text: string): Scenario {
  const at: Place = { file: '', pointer: [] };
  return {
    at,
    request: { text, labels: {}, at },
    tasks: [],
    people: new Map(),
    outcomes: new Map(),
    limits: {},
    faults: [],
    expectations: [],
  };
}
