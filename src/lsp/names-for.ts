import { items } from '../team/items.ts';
import { EDGE_TYPES, type Role, type Team } from '../team/team.ts';
import { TOOLS } from '../team/tools.ts';
import { fieldsOfMessages, labelsOf, wordsIn } from './used-words.ts';

/** A name that may stand somewhere, and what it is. */
export interface Name {
  readonly name: string;
  readonly kind:
    | 'role'
    | 'word'
    | 'group'
    | 'person'
    | 'level'
    | 'model'
    | 'tool'
    | 'tool group'
    | 'block of permissions'
    | 'gate'
    | 'step'
    | 'label'
    | 'field'
    | 'target'
    | 'rule';
  readonly detail?: string;
}

/** Answers names of a team, as the role sees them in whose file they are to stand. */
type Source = (team: Team, role?: Role) => readonly Name[];

/** The names that a value may be, by the key that it belongs to. */
const SOURCES: Readonly<Record<string, readonly Source[]>> = {
  'delegates-to': [roles],
  'escalates-to': [roles, words],
  'reports-to': [roles, words],
  'receives-from': [roles, words],
  'collaborates-with': [roles, words],
  role: [roles, words],
  to: [roles, words],
  with: [roles, words],
  by: [roles, words, escalatesTo],
  of: [groups, roles],
  instead: [roles],
  reaches: [roles],
  except: [roles],
  entry: [roles],
  extends: [bases],
  group: [groups],
  person: [people],
  approval: [people],
  level: [levels],
  model: [models],
  tools: [toolGroups, toolNames, servers],
  permissions: [blocks],
  gate: [gates],
  from: [roles],
  needs: [steps],
  required: [messageFields],
  optional: [messageFields],
  department: [(team) => used('department', team)],
  categories: [(team) => used('categories', team)],
  tags: [(team) => used('tags', team)],
};

/** The names that fit a value, nearest key first. A role does not relate to itself. */
export function namesFor(path: readonly string[], team: Team, role?: Role): readonly Name[] {
  const [last = '', before = '', above] = path.toReversed();
  if (before === 'groups' || (last === 'roles' && above === 'groups')) return roles(team);
  if (before === 'tool-groups') return [...toolGroups(team), ...toolNames()];
  if (LABELLED.has(before)) return [...(labelsOf(team).get(last) ?? [])].map((value) => named(value, 'label'));
  const names = Object.hasOwn(SOURCES, last) ? SOURCES[last]!.flatMap((source) => source(team, role)) : [];
  const relates = EDGE_TYPES.some((type) => path.includes(type));
  return relates && role ? names.filter(({ kind, name }) => kind !== 'role' || name !== role.id) : names;
}

/** The keys whose maps have labels of work for keys. */
const LABELLED: ReadonlySet<string> = new Set(['accepts', 'labels', 'when']);

function roles({ roles }: Team): readonly Name[] {
  return [...roles.values()].map(({ id, fields }) => named(id, 'role', fields.name ?? fields.description));
}

function bases({ roles: all, abstract }: Team): readonly Name[] {
  return [...abstract.values(), ...all.values()].map(({ id, fields }) => named(id, 'role', fields.description));
}

function words(): readonly Name[] {
  return [
    named('self', 'word', 'the role itself'),
    named('peers', 'word', 'roles of the same level'),
    named('delegator', 'word', 'whoever handed the work over'),
  ];
}

function escalatesTo(): readonly Name[] {
  return [named('escalates-to', 'word', 'those that the role escalates to')];
}

function groups({ groups: all }: Team): readonly Name[] {
  return [...all.values()].map(({ id, members }) => named(id, 'group', members.map((role) => role.id).join(', ')));
}

function people({ people: all }: Team): readonly Name[] {
  return [...all.values()].map(({ id, description }) => named(id, 'person', description));
}

function levels({ levels: all }: Team): readonly Name[] {
  return all.map((level, at) => named(level, 'level', `level ${at + 1} of ${all.length}, the highest first`));
}

function models({ definition }: Team): readonly Name[] {
  return Object.entries(definition.models ?? {}).map(([id, model]) => {
    const called = Object.entries(model ?? {}).filter(([, name]) => typeof name === 'string');
    return named(id, 'model', called.map(([target, name]) => `${target}: ${name}`).join(', '));
  });
}

function toolGroups({ definition }: Team): readonly Name[] {
  return Object.entries(definition['tool-groups'] ?? {}).map(([id, of]) =>
    named(id, 'tool group', [of].flat().join(', ')),
  );
}

/** The tools of the language, but for handing work on, which relations say. */
export function toolNames(): readonly Name[] {
  return Object.entries(TOOLS)
    .filter(([tool]) => tool !== 'delegate')
    .map(([tool, argument]) => named(tool, 'tool', `takes a ${argument}`));
}

function blocks({ definition }: Team): readonly Name[] {
  return Object.entries(definition.permissions ?? {}).map(([id, block]) => {
    const said = items(block).flatMap(({ item }) => (typeof item === 'string' ? [item] : Object.keys(item)));
    return named(id, 'block of permissions', [...new Set(said)].join(', '));
  });
}

function servers({ roles: all }: Team): readonly Name[] {
  const known = [...all.values()].flatMap(({ fields }) => Object.keys(fields['mcp-servers'] ?? {}));
  return [...new Set(known)].map((server) => named(`mcp:${server}`, 'tool', `all tools of the server ${server}`));
}

function steps(_: Team, role: Role | undefined): readonly Name[] {
  const { workflow, playbooks } = role?.fields ?? {};
  const books = Object.values(playbooks ?? {}).map((book) =>
    typeof book === 'object' && 'steps' in book ? book.steps : book,
  );
  const ids = [workflow, ...books].flatMap((found) =>
    typeof found === 'object' && !Array.isArray(found) ? Object.keys(found) : [],
  );
  return [...new Set(ids)].map((id) => named(id, 'step'));
}

function messageFields(team: Team): readonly Name[] {
  return fieldsOfMessages(team).map((field) => named(field, 'field'));
}

function used(field: Parameters<typeof wordsIn>[0], team: Team): readonly Name[] {
  return wordsIn(field, team).map((word) => named(word, 'label'));
}

function gates({ roles: all }: Team): readonly Name[] {
  const gate = new Map<string, Name>();
  for (const { id, fields } of all.values())
    for (const name of Object.keys(fields['quality-gates'] ?? {}))
      if (!gate.has(name)) gate.set(name, named(name, 'gate', `a gate of ${id}`));
  return [...gate.values()];
}

/** A name; a detail without a word is none. */
export function named(name: string, kind: Name['kind'], detail?: string): Name {
  return detail === undefined || detail === '' ? { name, kind } : { name, kind, detail };
}
