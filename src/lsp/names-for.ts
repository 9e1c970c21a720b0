import type { Team } from '../team/team.ts';
import { TOOLS } from '../team/tools.ts';

/** A name that may stand somewhere, and what it is. */
export interface Name {
  readonly name: string;
  readonly kind: 'role' | 'word' | 'group' | 'person' | 'level' | 'model' | 'tool' | 'tools' | 'permissions' | 'gate';
  readonly detail?: string;
}

/** The names that a value may be, by the key that it belongs to. */
const SOURCES: Readonly<Record<string, readonly ((team: Team) => readonly Name[])[]>> = {
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
  tools: [toolGroups, tools],
  permissions: [blocks],
  gate: [gates],
};

/** The names that fit a value, nearest key first. */
export function namesFor(path: readonly string[], team: Team): readonly Name[] {
  const last = path.at(-1) ?? '';
  const before = path.at(-2);
  if (before === 'groups' || (last === 'roles' && path.at(-3) === 'groups')) return roles(team);
  if (before === 'tool-groups') return [...toolGroups(team), ...tools()];
  return Object.hasOwn(SOURCES, last) ? SOURCES[last]!.flatMap((source) => source(team)) : [];
}

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
  return Object.keys(definition.models ?? {}).map((id) => named(id, 'model'));
}

function toolGroups({ definition }: Team): readonly Name[] {
  return Object.entries(definition['tool-groups'] ?? {}).map(([id, of]) => named(id, 'tools', [of].flat().join(', ')));
}

function tools(): readonly Name[] {
  return Object.entries(TOOLS)
    .filter(([tool]) => tool !== 'delegate')
    .map(([tool, argument]) => named(tool, 'tool', `takes a ${argument}`));
}

function blocks({ definition }: Team): readonly Name[] {
  return Object.keys(definition.permissions ?? {}).map((id) => named(id, 'permissions'));
}

function gates({ roles: all }: Team): readonly Name[] {
  const gate = new Map<string, Name>();
  for (const { id, fields } of all.values())
    for (const name of Object.keys(fields['quality-gates'] ?? {}))
      if (!gate.has(name)) gate.set(name, named(name, 'gate', `a gate of ${id}`));
  return [...gate.values()];
}

function named(name: string, kind: Name['kind'], detail?: string): Name {
  return detail === undefined ? { name, kind } : { name, kind, detail };
}
