import type { Place } from '../../text/place.ts';

/** What one agent is to another, as far as a pattern in its file says so. */
export const RELATION_TYPES = [
  'delegates-to',
  'hands-off-to',
  'escalates-to',
  'reports-to',
  'receives-from',
  'escalates-from',
  'collaborates-with',
  'approved-by',
] as const;

export type RelationType = (typeof RELATION_TYPES)[number];

/**
 * What a relation was found by: a key of the front matter, a tool (`Task(x)`), a permission to delegate, a heading or
 * a label above a list, a table, or a call.
 */
export type RelationPattern = 'key' | 'tool' | 'permission' | 'heading' | 'label' | 'table' | 'call';

/** How a name that is not an agent's id led to one. */
export type Inexact = 'name' | 'file' | 'path' | 'prefix' | 'case' | 'separator' | 'form';

/** Who a written name means. */
export type Resolution =
  | { readonly kind: 'exact'; readonly id: string }
  | { readonly kind: 'inexact'; readonly id: string; readonly by: Inexact }
  /** Several agents answer to the name equally well. */
  | { readonly kind: 'ambiguous'; readonly ids: readonly string[] }
  /** The name reads as an agent's, and no agent has it. */
  | { readonly kind: 'dangling' }
  /** Not one agent: a class of agents, whoever gave the task, a person, an agent that the platform brings, or a pattern. */
  | { readonly kind: 'group' | 'dynamic' | 'person' | 'builtin' }
  | { readonly kind: 'pattern'; readonly ids: readonly string[] };

/** One relation at the place where it is written. */
export interface Relation {
  readonly type: RelationType;
  /** The id of the agent whose file says it. */
  readonly source: string;
  /** The target as it is written, without marks around it. */
  readonly target: string;
  readonly resolution: Resolution;
  readonly at: Place;
  readonly pattern: RelationPattern;
  /** The key, heading, label or column that gives the type, as it is written. */
  readonly evidence: string;
  /** `certain` where the pattern leaves no other reading, else `likely`. */
  readonly confidence: 'certain' | 'likely';
  /** What the target gets the work for, as it is written beside it. */
  readonly for?: string;
  /** What it is about, where a list below the name says so. */
  readonly topics?: readonly string[];
  /** The words of a request that lead there, from a routing table. */
  readonly keywords?: readonly string[];
  /** The part of a roster in which it stands. */
  readonly group?: string;
  /** Which way things go between those who collaborate, where a verb says so. */
  readonly direction?: 'in' | 'out';
}

/** An agent's name in another's text, without a pattern that says what the two have to do with each other. */
export interface Mention {
  readonly source: string;
  readonly target: string;
  readonly resolution: Extract<Resolution, { kind: 'exact' | 'inexact' }>;
  /** Where it stands first. */
  readonly at: Place;
  readonly by: 'at' | 'code' | 'link' | 'id' | 'name' | 'key';
  readonly times: number;
}

/** One step of an escalation protocol: `Level 2: Peer consultation`, and the items below it. */
export interface LadderStep {
  readonly level: number;
  readonly title: string;
  readonly at: Place;
  /** Who handles it, where the title says so in plain words. */
  readonly by?: 'self' | 'peers' | 'delegator' | 'escalates-to' | 'person';
  readonly items: readonly LadderItem[];
}

/** An item of a step, or one condition. */
export interface LadderItem {
  readonly text: string;
  readonly at: Place;
  /** The names in it that are written as an agent's: `@name` or a back-ticked one that exists. */
  readonly targets: readonly string[];
}

/** The conditions below a label like "Escalate when:", with the words of the author. */
export interface Conditions {
  readonly source: string;
  readonly label: string;
  readonly at: Place;
  readonly items: readonly LadderItem[];
}

/** What the files of a set of agents say of each other. */
export interface Recovered {
  readonly relations: readonly Relation[];
  readonly mentions: readonly Mention[];
  readonly ladders: readonly { readonly source: string; readonly steps: readonly LadderStep[] }[];
  readonly conditions: readonly Conditions[];
  /** The rank that a label in the text gives (`**Level:** 020-lead`); keys of the front matter are data already. */
  readonly levels: readonly { readonly source: string; readonly level: string; readonly at: Place }[];
}
