import type { Edge, Reference, Role } from '../team/team.ts';
import type { Call, Step } from '../team/work.ts';
import type { Place } from '../text/place.ts';
import type { Agenda } from './agenda.ts';
import type { End } from './event.ts';
import type { Talk } from './turn.ts';
import type { Vector } from './vector.ts';

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

/** Where a failure stands on the ladder. */
export interface Climb {
  readonly class: string;
  /** Index into the ladder; its length stands for the user behind it. */
  readonly step: number;
  /** What has been tried on this step. */
  readonly part: number;
  /** When the step began. */
  readonly since: number;
  /** Who answers for the failure now: the id of a role or a person. */
  readonly holder: string;
  /** Whether the holder is a person: then no edge leads on from there. */
  readonly person?: true;
  /** What the steps below came to, for the next one to tell. */
  readonly passed: readonly string[];
}

/** A task on its way. */
export interface Task {
  /** Its name in this run, and in the keys of choices: `login`, `login/nodejs-expert`. */
  readonly key: string;
  readonly job: Job;
  /** Index of the task that it is a part of; -1 for the request. */
  readonly parent: number;
  /** The role that sees to it that somebody does it; the request comes from people. */
  readonly owner?: Role;
  /** Who has it; nothing while it waits. */
  readonly role?: Role;
  /** The edge that it goes over, and why. */
  readonly edge?: Edge;
  readonly why?: string;
  /** Why its role does it itself, where that is no matter of course. */
  readonly note?: string;
  /** Hand-overs from the request to here. */
  readonly depth: number;
  readonly children: readonly number[];
  /** Of its parts, those that wait for one, by the name that the plan gives it. */
  readonly dependents: ReadonlyMap<string, readonly number[]>;
  /** How many tasks that it needs, or that are part of it, are not finished. */
  readonly open: number;
  /** Attempts so far. */
  readonly tries: number;
  /** Whether its role has tried before. */
  readonly repeated: boolean;
  /** How often it was handed back after a gate. */
  readonly rounds: number;
  readonly climb?: Climb;
  /** The failure modes of the present attempt. */
  readonly modes: readonly string[];
  readonly taint: readonly string[];
  readonly flawed: boolean;
  /** Roles that have tried it. */
  readonly tried: readonly string[];
  readonly queuedAt: number;
  readonly beganAt: number;
  readonly waited: number;
  readonly worked: number;
  /** The role that kept something back which this one has to ask for. */
  readonly asksBack?: string;
  /** The rule of a refused call names who may instead. */
  readonly instead?: string;
  readonly end?: End;
  /** Where roles decide for themselves: what is said about it. */
  readonly talk?: Talk;
}

/** The work of one role: what it is on, and who waits. */
export interface Station {
  readonly busy: number;
  readonly queue: readonly number[];
  readonly turns: number;
  /** Milliseconds of work that it is on or that waits for it, as planned. */
  readonly booked: number;
  /** Milliseconds of slots in use. */
  readonly worked: number;
  readonly tasks: number;
  /** How high its utilization has been told of: 0, 1 for a warning, 2 for critical. */
  readonly warned: number;
}

/** What is due: which part of the work on which task. */
export interface Act {
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

/** Everything that the next step depends on. */
export interface State {
  /** Milliseconds since the request. */
  readonly now: number;
  readonly order: number;
  readonly steps: number;
  readonly tasks: Vector<Task>;
  readonly keys: ReadonlyMap<string, number>;
  readonly agenda: Agenda<Act> | undefined;
  /** By position of the role. */
  readonly stations: Vector<Station>;
  readonly running: number;
  /** Tasks that wait because too many run at once. */
  readonly held: readonly number[];
  /** Loads that were told of and still last. */
  readonly told: ReadonlySet<string>;
  readonly tokens: number;
  /** US dollars. */
  readonly cost: number;
  readonly over?: Over;
}
