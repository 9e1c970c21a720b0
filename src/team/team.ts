import type { Decision } from '../pattern/policy.ts';
import type { Effort, RoleDefinition, TeamDefinition } from '../schema/generated/definitions.ts';
import type { Place } from '../text/place.ts';
import type { Condition } from './condition.ts';
import type { Grant, PermissionEntry } from './permissions.ts';
import type { Tool } from './tools.ts';

/** Somebody outside the platform: a human, or an outsider who can't approve. `user` always exists. */
export interface Person {
  readonly id: string;
  readonly human: boolean;
  readonly description?: string;
  readonly at: Place;
}

/** A name for several roles. */
export interface Group {
  readonly id: string;
  readonly members: readonly Role[];
  readonly at: Place;
}

/** What a name in the definition led to. A name that leads nowhere stays, as `unresolved`. */
export type Reference =
  | { readonly kind: 'role'; readonly role: Role; readonly name: string; readonly exact: boolean; readonly at: Place }
  | { readonly kind: 'person'; readonly person: Person; readonly at: Place }
  | { readonly kind: 'group'; readonly group: Group; readonly at: Place }
  | { readonly kind: 'word'; readonly word: 'self' | 'peers' | 'delegator'; readonly at: Place }
  | { readonly kind: 'unresolved'; readonly name: string; readonly at: Place };

export const EDGE_TYPES = ['delegates-to', 'escalates-to', 'reports-to', 'receives-from', 'collaborates-with'] as const;

export type EdgeType = (typeof EDGE_TYPES)[number];

/** One item of a role's relations, with everything that was said about it. */
export interface Edge {
  readonly type: EdgeType;
  readonly from: Role;
  readonly to: readonly Reference[];
  readonly at: Place;
  readonly for: readonly string[];
  /** Any one of them must hold; empty means always. */
  readonly when: readonly Condition[];
  readonly keywords: readonly string[];
  readonly with: readonly Reference[];
  readonly gates: readonly string[];
  readonly because?: string;
  readonly approval?: Reference;
  readonly maxRounds?: number;
  readonly context?: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly direction?: 'in' | 'out' | 'both';
  readonly sla?: string;
  readonly every?: string;
  readonly path?: string;
  readonly include: readonly string[];
}

/** A step of the escalation ladder. */
export interface LadderStep {
  readonly name?: string;
  readonly by: 'self' | 'peers' | 'delegator' | 'escalates-to' | Reference;
  /** Failure classes that enter here; empty means any. */
  readonly when: readonly string[];
  readonly do: readonly string[];
  readonly retries: number;
  readonly timeout?: string;
  readonly at: Place;
}

/** A call that a role makes, or must not make: a tool and a pattern of its argument. */
export interface Call {
  readonly tool: string;
  readonly pattern: string;
  readonly at: Place;
}

/** One piece of work in a workflow, a playbook, an example or a scenario. */
export interface Step {
  /** The key of a step in a map; steps of a list have none. */
  readonly id?: string;
  readonly do: string;
  readonly for: readonly string[];
  readonly to: readonly Reference[];
  readonly with: readonly Reference[];
  /** Ids of steps that must be finished first. */
  readonly needs: readonly string[];
  readonly when: readonly Condition[];
  readonly labels: Readonly<Record<string, unknown>>;
  readonly gates: readonly string[];
  readonly calls: readonly Call[];
  readonly output: readonly string[];
  readonly effort?: Effort;
  readonly optional: boolean;
  readonly at: Place;
}

/** Steps that several roles take together. */
export interface Playbook {
  readonly name: string;
  readonly for: readonly string[];
  readonly when: readonly Condition[];
  readonly steps: readonly Step[];
  readonly at: Place;
}

/** A request and how the role splits it. */
export interface Example {
  readonly request: string;
  readonly tasks: readonly Step[];
  readonly at: Place;
}

/** A claim that the role is denied something. */
export interface Prohibition {
  readonly do: string;
  readonly calls: readonly Call[];
  readonly instead?: Reference;
  readonly because?: string;
  readonly at: Place;
}

/** A duty, and the moment or the calls that wait for it. */
export interface Duty {
  readonly do: string;
  readonly with: readonly Reference[];
  readonly before: string | readonly Call[] | undefined;
  readonly when: readonly Condition[];
  readonly because?: string;
  readonly at: Place;
}

/** Everything in a role that is done, or not to be done, with its names resolved. */
export interface Work {
  readonly workflow: readonly Step[];
  readonly playbooks: readonly Playbook[];
  readonly examples: readonly Example[];
  readonly mustNot: readonly Prohibition[];
  readonly must: readonly Duty[];
  /** Who gets each kind of message. */
  readonly messages: ReadonlyMap<string, readonly Reference[]>;
  /** Who writes the documents that are read. */
  readonly writers: readonly Reference[];
}

/** A role with everything that the defaults and its bases gave it. */
export interface Role {
  /** Full id: of a role of a used team it begins with our name for that team. */
  readonly id: string;
  /** Whether the role is the team's own, and not one of a team that it uses. */
  readonly own: boolean;
  readonly at: Place;
  /** All fields, after defaults and bases; `permissions` here is only the role's own layer: see `rules`. */
  readonly fields: RoleDefinition;
  readonly aliases: readonly string[];
  /** The bases, nearest first. */
  readonly bases: readonly string[];
  /** Whether the tools were said anywhere: in the role, a base or the defaults. */
  readonly toolsSaid: boolean;
  readonly grants: readonly Grant[];
  /** All permission rules in the order in which they are read. */
  readonly rules: readonly PermissionEntry[];
  readonly edges: readonly Edge[];
  readonly work: Work;
  /** Where a field, or something inside it, was said: in the role, a base or the defaults. */
  place(...pointer: readonly (string | number)[]): Place;
}

/** What a name could have meant. */
export type NameKind =
  | 'role'
  /** A short name that several roles share. */
  | 'ambiguous'
  /** The part of a role's name that should be a used team. */
  | 'team'
  | 'group'
  | 'person'
  | 'tool'
  | 'model'
  | 'level'
  | 'permissions'
  | 'gate'
  | 'step';

/** A name that leads nowhere, and what would have been there. */
export interface Unresolved {
  readonly kind: NameKind;
  readonly name: string;
  readonly at: Place;
  readonly candidates: readonly string[];
  readonly role?: Pick<Role, 'id'>;
}

/** A ring of names, each with the place that leads on to the next. */
export type Ring = readonly { readonly name: string; readonly at: Place }[];

/** A bound on how many roles there may be: a number of them, or a share such as `80%`. */
export interface CountBound {
  readonly name: 'at-least' | 'at-most' | 'above' | 'below';
  readonly value: number | string;
  readonly at: Place;
}

/** Calls that an assertion speaks of. Reached: down the edges of delegation too. */
export interface ClaimedCall {
  readonly tool: Tool;
  readonly pattern: string;
  readonly reached: boolean;
  readonly at: Place;
}

/** Of whom an assertion speaks, and of which calls. */
export interface Claim {
  /** Whether it speaks of all roles, those of used teams too. */
  readonly everyone: boolean;
  readonly named: readonly Role[];
  readonly except: readonly Role[];
  readonly calls: readonly ClaimedCall[];
  /** Whether only that counts which no person is asked about. */
  readonly unasked: boolean;
  readonly at: Place;
}

/** What must hold of a team. */
export type Assertion = {
  readonly name?: string;
  readonly because?: readonly string[];
  readonly at: Place;
  /** Whether every name in it leads somewhere; if not, nothing can be said of it. */
  readonly understood: boolean;
} & (
  | { readonly kind: 'never'; readonly claim: Claim }
  | { readonly kind: 'count'; readonly claim: Claim; readonly bounds: readonly CountBound[] }
  | { readonly kind: 'exclusive'; readonly roles: readonly Role[] }
  | {
      readonly kind: 'expect';
      readonly decision: Decision;
      readonly role: Role | undefined;
      readonly tool: Tool;
      readonly argument: string;
    }
);

/** A team whose names have become references. */
export interface Team {
  readonly name: string;
  readonly at: Place;
  readonly definition: TeamDefinition;
  /** Own roles and those of used teams, without the abstract ones, in document order. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Bases that are never emitted. */
  readonly abstract: ReadonlyMap<string, Role>;
  readonly entries: readonly Role[];
  readonly people: ReadonlyMap<string, Person>;
  readonly groups: ReadonlyMap<string, Group>;
  /** Highest first. */
  readonly levels: readonly string[];
  readonly ladder: readonly LadderStep[];
  /** Whether the ladder is the default one. */
  readonly ladderSaid: boolean;
  readonly edges: readonly Edge[];
  readonly unresolved: readonly Unresolved[];
  /**
   * Every name of a role, a group or a person that led somewhere, with its place; a name in defaults or a base once for
   * each role that has it.
   */
  readonly references: readonly Reference[];
  /** References that were resolved but are not the exact id. */
  readonly inexact: readonly Extract<Reference, { kind: 'role' }>[];
  readonly extendsRings: readonly Ring[];
  readonly usesRings: readonly Ring[];
  /** What the team's own file claims of the whole team. */
  readonly assertions: readonly Assertion[];
  /** Ids that stand twice, or differ only in case. */
  readonly duplicates: readonly {
    readonly id: string;
    readonly other: string;
    readonly at: Place;
    readonly first: Place;
  }[];
}

/** The roles that an edge can lead to, groups opened; each once. */
export function targets(edge: Pick<Edge, 'to'>): readonly Role[] {
  return rolesOf(edge.to);
}

/** The roles among references, groups opened; each once. */
export function rolesOf(references: readonly Reference[]): readonly Role[] {
  const roles = new Set<Role>();
  for (const reference of references) {
    if (reference.kind === 'role') roles.add(reference.role);
    if (reference.kind === 'group') for (const member of reference.group.members) roles.add(member);
  }
  return [...roles];
}

/** The persons among references. */
export function personsOf(references: readonly Reference[]): readonly Person[] {
  return references.flatMap((reference) => (reference.kind === 'person' ? [reference.person] : []));
}
