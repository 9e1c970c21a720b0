import type { RoleDefinition, TeamDefinition } from '../schema/generated/definitions.ts';
import { below, type Place } from '../text/place.ts';
import { assertionsOf } from './assertions.ts';
import { type Catalog, checkRole, checkTeam } from './check-names.ts';
import { edgesOf } from './edges.ts';
import { inherit, type Layer, placeIn } from './inherit.ts';
import { entries, listOf } from './items.ts';
import { ladderOf } from './ladder.ts';
import { Names } from './names.ts';
import { type Blocks, grantsOf, permissionsOf, type ReportUnknown } from './permissions.ts';
import { type Draft, type Findings, Scope } from './scope.ts';
import type { Group, NameKind, Person, Reference, Ring, Role, Team, Unresolved } from './team.ts';
import { workOf } from './work.ts';

/** A role as it was written: its id, its fields and where they stand. */
export interface RoleSource {
  readonly id: string;
  readonly fields: RoleDefinition;
  readonly at: Place;
}

/** A team as it was written, its data already checked against the schema. */
export interface TeamSource {
  readonly at: Place;
  /** The folder's name, for a team that does not say its own. */
  readonly folder: string;
  readonly definition: TeamDefinition;
  readonly roles: readonly RoleSource[];
  readonly uses: ReadonlyMap<string, TeamSource>;
  /** Rings of teams that use each other; the loader cut them. */
  readonly usesRings: readonly Ring[];
}

/** Turns names into references. It never fails: a name that leads nowhere stays in the team as unresolved. */
export function link(source: TeamSource): Team {
  const unresolved: Unresolved[] = [];
  const inexact: Extract<Reference, { kind: 'role' }>[] = [];
  const references: Reference[] = [];
  const scope = openScope(source, '', { unresolved, inexact, references });
  const roles = new Map<string, Role>();
  const abstract = new Map<string, Role>();
  for (const draft of scope.allDrafts()) (draft.fields.abstract === true ? abstract : roles).set(draft.id, draft);

  const { definition } = source;
  const team: Omit<Team, 'entries' | 'unresolved' | 'inexact' | 'references'> = {
    name: definition.name ?? source.folder,
    at: source.at,
    definition,
    roles,
    abstract,
    people: scope.people,
    groups: scope.groups,
    levels: scope.levels,
    ladder: ladderOf(definition, source.at, scope),
    ladderSaid: definition.escalation !== undefined,
    edges: [...roles.values()].flatMap(({ edges }) => edges),
    extendsRings: scope.rings(),
    usesRings: usesRingsOf(source),
    assertions: scope.assertions,
    duplicates: duplicatesOf(source.roles),
  };
  const entryRoles = entriesOf(team, definition, source.at, scope);
  return { ...team, entries: entryRoles, unresolved: once(unresolved), inexact: once(inexact), references };
}

const NO_WORK: Role['work'] = {
  workflow: [],
  playbooks: [],
  examples: [],
  mustNot: [],
  must: [],
  messages: new Map(),
  writers: [],
};

/** Drafts the roles of a team and of the teams it uses, then links their relations. */
function openScope(source: TeamSource, prefix: string, findings: Findings): Scope {
  const used = new Map(
    [...source.uses].map(([name, team]) => [name, openScope(team, `${prefix}${name}/`, findings)] as const),
  );
  const { definition, at } = source;
  const missing = new Set(Object.keys(definition.uses ?? {}).filter((name) => !source.uses.has(name)));
  const scope = new Scope(prefix, used, peopleOf(definition, at), listOf(definition.levels), missing, findings);
  const layersOf = layering(source, scope);
  const blocks = blocksOf(definition, at);
  const rulesOf = rulesByLayer(blocks);
  const seen = new Set<string>();
  for (const role of source.roles) {
    if (seen.has(role.id)) continue;
    seen.add(role.id);
    scope.add(draftOf(role, layersOf(role), source, rulesOf, scope));
  }
  addGroups(scope, definition, at);
  checkTeam(definition, at, blocks, scope);
  scope.assertions = assertionsOf(definition, at, scope);
  const defaults = defaultLayers(source).map((layer) => draftOf({ id: '', ...layer }, [layer], source, rulesOf, scope));
  const catalog: Catalog = {
    models: Object.keys(definition.models ?? {}),
    gates: new Set(scope.drafts.flatMap(({ fields }) => entries(fields['quality-gates']).map(([gate]) => gate))),
  };
  for (const draft of [...defaults, ...scope.drafts]) {
    draft.edges = edgesOf(draft, scope);
    draft.work = workOf(draft, scope);
    checkRole(draft, catalog, scope);
  }
  return scope;
}

function defaultLayers({ definition: { defaults }, at }: TeamSource): readonly Layer[] {
  return defaults ? [{ fields: defaults, at: below(at, 'defaults') }] : [];
}

function blocksOf(definition: TeamDefinition, at: Place): Blocks {
  return new Map(
    entries(definition.permissions).map(([name, value]) => [name, { value, at: below(at, 'permissions', name) }]),
  );
}

/** Answers a role's layers: itself, its bases from near to far, the defaults. A ring of bases is cut and kept. */
function layering(source: TeamSource, scope: Scope): (role: RoleSource) => readonly Layer[] {
  const names = new Names<RoleSource>();
  for (const role of source.roles) names.add(role.id, listOf(role.fields.aliases), role);
  const base = defaultLayers(source);
  return (role) => {
    const chain = [role];
    for (let next = role; next.fields.extends !== undefined; ) {
      const parent = names.find(next.fields.extends)?.thing;
      if (!parent) break;
      const start = chain.indexOf(parent);
      if (start !== -1) {
        const ring = chain.slice(start).map(({ id, at }) => ({ name: id, at: below(at, 'extends') }));
        scope.addRing(ring);
        break;
      }
      chain.push(parent);
      next = parent;
    }
    return [...chain, ...base];
  };
}

function draftOf(
  role: RoleSource,
  layers: readonly (Layer & { readonly id?: string })[],
  source: TeamSource,
  rulesOf: RulesOf,
  scope: Scope,
): Draft {
  const fields = inherit(layers);
  const place = (...pointer: readonly (string | number)[]): Place => placeIn(layers, pointer);
  const unknown = (kind: NameKind, name: string, at: Place, candidates: readonly string[]): void =>
    scope.unknown(kind, name, at, candidates, role);
  return {
    id: scope.prefix + role.id,
    own: scope.prefix === '',
    at: role.at,
    fields,
    layers,
    aliases: listOf(role.fields.aliases),
    bases: layers.slice(1).flatMap(({ id }) => (id === undefined ? [] : scope.prefix + id)),
    toolsSaid: fields.tools !== undefined,
    grants: grantsOf(
      fields.tools,
      source.definition['tool-groups'] ?? {},
      (...steps) => place('tools', ...steps),
      unknown,
    ),
    rules: layers.toReversed().flatMap((layer) => rulesOf(layer, unknown)),
    edges: [],
    work: NO_WORK,
    place,
  };
}

/**
 * Answers the rules that a layer says. Roles that share a layer share its rules, so that a thousand roles do not hold a
 * thousand copies.
 */
function rulesByLayer(blocks: Blocks): RulesOf {
  const known = new Map<Layer, Role['rules']>();
  return (layer, unknown) => {
    const rules =
      known.get(layer) ?? permissionsOf(layer.fields.permissions, below(layer.at, 'permissions'), blocks, unknown);
    known.set(layer, rules);
    return rules;
  };
}

type RulesOf = (layer: Layer, unknown: ReportUnknown) => Role['rules'];

function peopleOf(definition: TeamDefinition, at: Place): ReadonlyMap<string, Person> {
  const people = new Map<string, Person>([['user', { id: 'user', human: true, at }]]);
  for (const [id, value] of entries(definition.people)) {
    const { description, human = true } = typeof value === 'string' ? { description: value } : value;
    people.set(id, { id, human, at: below(at, 'people', id), ...(description === undefined ? {} : { description }) });
  }
  return people;
}

function addGroups(scope: Scope, definition: TeamDefinition, at: Place): void {
  for (const [id, value] of entries(definition.groups)) {
    const place = below(at, 'groups', id);
    const members =
      typeof value === 'string' || Array.isArray(value)
        ? scope.rolesNamed(value, place)
        : [
            ...alike(scope, value as Likeness, place),
            ...scope.rolesNamed((value as Likeness).roles, below(place, 'roles')),
          ];
    scope.groups.set(id, { id, members: [...new Set(members)], at: place } satisfies Group);
  }
}

/** What the members of a group have in common, and those that it names. */
interface Likeness {
  readonly roles?: string | string[];
  readonly level?: string;
  readonly department?: string;
  readonly tags?: string | string[];
}

/** The team's roles that fit all that a group says; none where it says nothing but names. */
function alike(scope: Scope, { level, department, tags }: Likeness, at: Place): readonly Role[] {
  const wanted = listOf(tags);
  if (level !== undefined && !scope.levels.includes(level))
    scope.unknown('level', level, below(at, 'level'), scope.levels);
  if (level === undefined && department === undefined && wanted.length === 0) return [];
  return scope.drafts.filter(
    ({ fields }) =>
      !fields.abstract &&
      (level === undefined || fields.level === level) &&
      (department === undefined || fields.department === department) &&
      wanted.every((tag) => listOf(fields.tags).includes(tag)),
  );
}

/** The rings of a team and of those it uses: a ring is found in the team that closes it. */
function usesRingsOf({ uses, usesRings }: TeamSource): readonly Ring[] {
  return [...usesRings, ...[...uses.values()].flatMap(usesRingsOf)];
}

function entriesOf(
  team: Pick<Team, 'edges' | 'roles'>,
  definition: TeamDefinition,
  at: Place,
  scope: Scope,
): readonly Role[] {
  if (definition.entry !== undefined) return scope.rolesNamed(definition.entry, below(at, 'entry'));
  const given = new Set(
    team.edges.filter(({ type }) => type === 'delegates-to').flatMap(({ from, to }) => roleTargets(from, to)),
  );
  const roots = [...team.roles.values()].filter((role) => role.own && !given.has(role));
  return roots.length === 1 ? roots : [];
}

function roleTargets(from: Role, to: readonly Reference[]): readonly Role[] {
  return to
    .flatMap((reference) =>
      reference.kind === 'role' ? reference.role : reference.kind === 'group' ? reference.group.members : [],
    )
    .filter((role) => role !== from);
}

function duplicatesOf(roles: readonly RoleSource[]): Team['duplicates'] {
  const first = new Map<string, RoleSource>();
  return roles.flatMap((role) => {
    const key = role.id.toLowerCase();
    const other = first.get(key);
    if (!other) {
      first.set(key, role);
      return [];
    }
    return [{ id: role.id, other: other.id, at: role.at, first: other.at }];
  });
}

/** Defaults and blocks are read once for each role that has them; a name in them is told once. */
function once<T extends { readonly at: Place; readonly name: string }>(found: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return found.filter(({ at, name }) => {
    const key = `${at.file} ${at.pointer.join('/')} ${name}`;
    return !seen.has(key) && seen.add(key);
  });
}
