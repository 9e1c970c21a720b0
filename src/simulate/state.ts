import { Agenda, type Due } from './agenda.ts';
import type { End } from './event.ts';
import type { Name } from './name.ts';
import { Queue } from './queue.ts';
import { Station } from './station.ts';
import type { Task } from './task.ts';

/** What is due: which part of the work on which task. */
export interface Act extends Due {
  readonly kind: ActKind;
  readonly task: number;
  /** Which call, gate or fault; what it means depends on the kind. */
  readonly part: number;
}

/** The kinds of things that can be due; each has a player in the kernel. */
export type ActKind =
  | 'arrive'
  | 'route'
  | 'ask-edge'
  | 'approve-edge'
  | 'begin'
  | 'fault'
  | 'call'
  | 'ask-call'
  | 'approve-call'
  | 'make-call'
  | 'effort'
  | 'finish'
  | 'gate'
  | 'climb'
  | 'consult'
  | 'answer'
  | 'ask-person'
  | 'person'
  | 'end-blocked'
  | 'turn'
  | 'deed'
  | 'approve-deed'
  | 'make-deed'
  | 'advise';

/** How a run ended. A limit that stopped it is named. */
export type Over = { readonly kind: End } | { readonly kind: 'limit'; readonly limit: string; readonly value: number };

/**
 * Everything that the next step depends on. A stage that plays a run on changes its state in place; to go several ways from
 * one state, copy it first.
 */
export interface State {
  /** Tells states apart that share tasks. */
  readonly edition: number;
  /** Milliseconds since the request. */
  now: number;
  order: number;
  steps: number;
  readonly tasks: Task[];
  names: ReadonlySet<Name>;
  readonly agenda: Agenda<Act>;
  /** By position of the role. */
  readonly stations: Station[];
  running: number;
  /** Tasks that wait because too many run at once. */
  held: Queue<number>;
  /** Loads that were told of and still last. */
  told: readonly string[];
  /** The most turns that a role has had. */
  turns: number;
  tokens: number;
  /** US dollars. */
  cost: number;
  over: Over | undefined;
}

/** How a run ended that goes no further. Without anything due the request would wait forever; the kernel leaves no such state behind. */
export function overOf({ over }: Pick<State, 'over'>): Over {
  return over ?? { kind: 'failed' };
}

let editions = 0;

const IDLE = new Station(0);

/** The state before anything has happened, for so many roles. */
export function emptyState(roles: number): State {
  return {
    edition: ++editions,
    now: 0,
    order: 0,
    steps: 0,
    tasks: [],
    names: new Set(),
    agenda: new Agenda(),
    stations: new Array<Station>(roles).fill(IDLE),
    running: 0,
    held: Queue.empty(),
    told: [],
    turns: 0,
    tokens: 0,
    cost: 0,
    over: undefined,
  };
}

/** The same state once more. Tasks and stations are shared until one of the two changes them. */
export function copyOf(state: State): State {
  return {
    ...state,
    edition: ++editions,
    tasks: state.tasks.slice(),
    stations: state.stations.slice(),
    agenda: state.agenda.copy(),
  };
}
