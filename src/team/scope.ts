import { below, keyOf, type Place } from '../text/place.ts';
import type { Layer } from './inherit.ts';
import { items } from './items.ts';
import { Names } from './names.ts';
import type { Assertion, Group, NameKind, Person, Reference, Ring, Role, Unresolved } from './team.ts';
import { isTool, splitTool, TOOLS } from './tools.ts';

/** A role while its team is being linked: everything but its relations is known. */
export type Draft = Omit<Role, 'edges' | 'work'> & {
  readonly layers: readonly Layer[];
  edges: Role['edges'];
  work: Role['work'];
};

/** What linking finds on the way. */
export interface Findings {
  readonly unresolved: Unresolved[];
  readonly inexact: Extract<Reference, { kind: 'role' }>[];
  /** Every name of a role, a group or a person that led somewhere. */
  readonly references: Reference[];
}

/** A reference as an author writes it: a name, or a map that says what kind of thing is meant. */
type Written =
  | string
  | { readonly role?: string | readonly string[]; readonly group?: string; readonly person?: string };

const WORDS: ReadonlySet<string> = new Set(['self', 'peers', 'delegator']);

/**
 * The names that can be seen from inside one team: its own roles, groups, people and levels, and the roles of the
 * teams it uses under its names for them.
 */
export class Scope {
  readonly prefix: string;
  readonly used: ReadonlyMap<string, Scope>;
  readonly people: ReadonlyMap<string, Person>;
  readonly levels: readonly string[];
  readonly groups = new Map<string, Group>();
  readonly drafts: Draft[] = [];
  assertions: readonly Assertion[] = [];
  /** Names of used teams that could not be read: what such a name leads to can't be known. */
  readonly #missing: ReadonlySet<string>;
  readonly #findings: Findings;
  readonly #names = new Names<Draft>();
  readonly #folders = new Set<string>();
  readonly #rings: Ring[] = [];
  #everyName: readonly string[] | undefined;

  constructor(
    prefix: string,
    used: ReadonlyMap<string, Scope>,
    people: ReadonlyMap<string, Person>,
    levels: readonly string[],
    missing: ReadonlySet<string>,
    findings: Findings,
  ) {
    this.prefix = prefix;
    this.used = used;
    this.#missing = missing;
    this.people = people;
    this.levels = levels;
    this.#findings = findings;
  }

  add(draft: Draft): void {
    this.drafts.push(draft);
    const id = draft.id.slice(this.prefix.length);
    this.#names.add(id, draft.aliases, draft);
    if (id.includes('/')) this.#folders.add(firstSegment(id));
    this.#everyName = undefined;
  }

  /** The drafts of this team first, then those of the teams it uses. */
  *allDrafts(): Iterable<Draft> {
    yield* this.drafts;
    for (const scope of this.used.values()) yield* scope.allDrafts();
  }

  /** Rings of `extends`, those of used teams included; each once, as it was first found. */
  rings(): readonly Ring[] {
    const unique = new Map<string, Ring>();
    for (const ring of this.#rings) {
      const names = ring.map(({ name }) => name);
      const key = names.sort().join(' ');
      if (!unique.has(key)) unique.set(key, ring);
    }
    return [...unique.values(), ...[...this.used.values()].flatMap((scope) => scope.rings())];
  }

  addRing(ring: Ring): void {
    this.#rings.push(ring);
  }

  /** Tells of a name that leads nowhere. It is the role's only where the role itself says it, not a base or a default. */
  unknown(
    kind: NameKind,
    name: string,
    at: Place,
    candidates: readonly string[],
    role?: Pick<Role, 'id' | 'at'>,
  ): void {
    const own = role && at.pointer[0] !== 'defaults' && isInside(at, role.at);
    this.#findings.unresolved.push({ kind, name, at, candidates, ...(own ? { role } : {}) });
  }

  /** Tells of a tool that the language does not have. */
  checkTool(text: string, at: Place, role?: Draft): void {
    const { name } = splitTool(text);
    if (!isTool(name)) this.unknown('tool', name, keyOf(at), Object.keys(TOOLS), role);
  }

  /** Finds a role by its id, an alias, or the last segment of its id where that is unique. */
  find(name: string): { readonly role: Draft; readonly exact: boolean } | undefined {
    const own = this.#names.find(name);
    if (own?.exact) return { role: own.thing, exact: true };
    const scope = name.includes('/') ? this.used.get(firstSegment(name)) : undefined;
    if (scope) return scope.find(name.slice(name.indexOf('/') + 1));
    return own && { role: own.thing, exact: false };
  }

  /** Every name that `find` knows as exact. */
  names(): readonly string[] {
    this.#everyName ??= [
      ...this.#names.ids(),
      ...[...this.used].flatMap(([name, scope]) => scope.names().map((id) => `${name}/${id}`)),
    ];
    return this.#everyName;
  }

  /** Resolves one name that must be a role's. */
  role(name: string, at: Place, from?: Role): Reference {
    const found = this.find(name);
    if (!found) {
      this.#unknownRole(name, at, from);
      return { kind: 'unresolved', name, at };
    }
    const reference = { kind: 'role', role: found.role, name, exact: found.exact, at } as const;
    if (!found.exact) this.#findings.inexact.push(reference);
    return this.#led(reference);
  }

  #led(reference: Reference): Reference {
    this.#findings.references.push(reference);
    return reference;
  }

  #unknownRole(name: string, at: Place, from: Role | undefined): void {
    const team = name.includes('/') ? firstSegment(name) : undefined;
    if (team !== undefined && this.#missing.has(team)) return;
    const several = this.#names.several(name);
    if (several.length > 0) this.unknown('ambiguous', name, at, several, from);
    else if (team === undefined || this.used.size === 0 || this.used.has(team) || this.#folders.has(team))
      this.unknown('role', name, at, this.names(), from);
    else this.unknown('team', team, at, [...this.used.keys()], from);
  }

  /** Resolves a name that may be a group's or a role's: that of a measure. */
  measured(name: string, at: Place, from?: Role): void {
    const group = this.groups.get(name);
    if (group) this.#led({ kind: 'group', group, at });
    if (group || this.#word(name, at)) return;
    if (this.find(name) || (name.includes('/') && this.#missing.has(firstSegment(name)))) this.role(name, at, from);
    else this.unknown('group', name, at, [...this.groups.keys(), ...this.names()], from);
  }

  /** Resolves everything that `who` may be: names, words, groups and persons, alone or in a list. */
  references(value: unknown, at: Place, from?: Role): readonly Reference[] {
    return items(value as Written | readonly Written[]).flatMap(({ item, steps }) =>
      this.#written(item, below(at, ...steps), from),
    );
  }

  #written(item: Written, at: Place, from: Role | undefined): readonly Reference[] {
    if (typeof item === 'string') return [this.#word(item, at) ?? this.role(item, at, from)];
    const { role, group, person } = item;
    return [
      ...items(role).map(({ item: name, steps }) => {
        const place = below(at, 'role', ...steps);
        return this.#word(name as string, place) ?? this.role(name as string, place, from);
      }),
      ...(group === undefined ? [] : [this.#group(group, below(at, 'group'), from)]),
      ...(person === undefined ? [] : [this.person(person, below(at, 'person'), from)]),
    ];
  }

  #word(name: string, at: Place): Reference | undefined {
    return WORDS.has(name) ? { kind: 'word', word: name as 'self' | 'peers' | 'delegator', at } : undefined;
  }

  #group(name: string, at: Place, from: Role | undefined): Reference {
    const group = this.groups.get(name);
    if (group) return this.#led({ kind: 'group', group, at });
    this.unknown('group', name, at, [...this.groups.keys()], from);
    return { kind: 'unresolved', name, at };
  }

  person(name: string, at: Place, from?: Role): Reference {
    const person = this.people.get(name);
    if (person) return this.#led({ kind: 'person', person, at });
    this.unknown('person', name, at, [...this.people.keys()], from);
    return { kind: 'unresolved', name, at };
  }

  /** Roles by name, where nothing else can be meant; what is unknown is reported and left out. */
  rolesNamed(value: unknown, at: Place): readonly Role[] {
    return items(value as string | readonly string[]).flatMap(({ item, steps }) => {
      const reference = this.role(item as string, below(at, ...steps));
      return reference.kind === 'role' ? [reference.role] : [];
    });
  }
}

function firstSegment(name: string): string {
  return name.slice(0, name.indexOf('/'));
}

function isInside(place: Place, outer: Place): boolean {
  return place.file === outer.file && outer.pointer.every((step, index) => place.pointer[index] === step);
}
