import { below, keyOf, type Place } from '../text/place.ts';
import type { Layer } from './inherit.ts';
import { items } from './items.ts';
import type { Group, NameKind, Person, Reference, Ring, Role, Unresolved } from './team.ts';
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
  readonly #findings: Findings;
  readonly #byId = new Map<string, Draft>();
  readonly #byOtherName = new Map<string, Draft | 'several'>();
  readonly #rings: Ring[] = [];

  constructor(
    prefix: string,
    used: ReadonlyMap<string, Scope>,
    people: ReadonlyMap<string, Person>,
    levels: readonly string[],
    findings: Findings,
  ) {
    this.prefix = prefix;
    this.used = used;
    this.people = people;
    this.levels = levels;
    this.#findings = findings;
  }

  add(draft: Draft): void {
    this.drafts.push(draft);
    const id = draft.id.slice(this.prefix.length);
    this.#byId.set(id, draft);
    for (const name of new Set([...(id.includes('/') ? [id.slice(id.lastIndexOf('/') + 1)] : []), ...draft.aliases]))
      this.#byOtherName.set(name, this.#byOtherName.has(name) ? 'several' : draft);
  }

  /** The drafts of this team first, then those of the teams it uses. */
  *allDrafts(): Iterable<Draft> {
    yield* this.drafts;
    for (const scope of this.used.values()) yield* scope.allDrafts();
  }

  /** Rings of `extends`, those of used teams included; each once. */
  rings(): readonly Ring[] {
    const unique = new Map(
      this.#rings.map((ring) => [
        ring
          .map(({ name }) => name)
          .sort()
          .join(' '),
        ring,
      ]),
    );
    return [...unique.values(), ...[...this.used.values()].flatMap((scope) => scope.rings())];
  }

  addRing(ring: Ring): void {
    this.#rings.push(ring);
  }

  unknown(kind: NameKind, name: string, at: Place, candidates: readonly string[], role?: Pick<Role, 'id'>): void {
    this.#findings.unresolved.push({ kind, name, at, candidates, ...(role ? { role } : {}) });
  }

  /** Tells of a tool that the language does not have. */
  checkTool(text: string, at: Place, role?: Draft): void {
    const { name } = splitTool(text);
    if (!isTool(name)) this.unknown('tool', name, keyOf(at), Object.keys(TOOLS), role);
  }

  /** Finds a role by its id, an alias, or the last segment of its id where that is unique. */
  find(name: string): { readonly role: Draft; readonly exact: boolean } | undefined {
    const own = this.#byId.get(name);
    if (own) return { role: own, exact: true };
    const slash = name.indexOf('/');
    const scope = slash === -1 ? undefined : this.used.get(name.slice(0, slash));
    if (scope) return scope.find(name.slice(slash + 1));
    const other = this.#byOtherName.get(name);
    return other && other !== 'several' ? { role: other, exact: false } : undefined;
  }

  /** Every name that `find` knows as exact. */
  *names(): Iterable<string> {
    yield* this.#byId.keys();
    for (const [name, scope] of this.used) for (const id of scope.names()) yield `${name}/${id}`;
  }

  /** Resolves one name that must be a role's. */
  role(name: string, at: Place, from?: Role): Reference {
    const found = this.find(name);
    if (!found) {
      this.unknown('role', name, at, [...this.names()], from);
      return { kind: 'unresolved', name, at };
    }
    const reference = { kind: 'role', role: found.role, name, exact: found.exact, at } as const;
    if (!found.exact) this.#findings.inexact.push(reference);
    return reference;
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
    if (group) return { kind: 'group', group, at };
    this.unknown('group', name, at, [...this.groups.keys()], from);
    return { kind: 'unresolved', name, at };
  }

  person(name: string, at: Place, from?: Role): Reference {
    const person = this.people.get(name);
    if (person) return { kind: 'person', person, at };
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
