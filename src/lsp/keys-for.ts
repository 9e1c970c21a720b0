import { rules } from '../rules/generated/rules.ts';
import type { SchemaName } from '../schema/schema-name.ts';
import { BUILTIN } from '../target/builtin.ts';
import { ownFields } from '../target/own-fields.ts';
import type { Team } from '../team/team.ts';
import { type Name, named, toolNames } from './names-for.ts';
import { fieldsOfMessages, labelsOf } from './used-words.ts';

/** The names that a key may be, where a map is keyed by names and the schema can't say which. */
export function keysFor(path: readonly string[], schema: SchemaName, team: Team): readonly Name[] {
  const [last = '', before = ''] = path.toReversed();
  if (CALLS.has(last) || isMapOfRules(path, schema)) return toolNames();
  if (last === 'targets' || before === 'models') return BUILTIN.map(({ name }) => named(name, 'target'));
  if (before === 'targets') return ownFields(last).map(([field, takes]) => named(field, 'field', takes));
  if (last === 'rules' && before === 'lint') return rules.map(({ id, summary }) => named(id, 'rule', summary));
  if (last === 'accepts' || last === 'labels' || last === 'when') return [...labelsOf(team).keys()].map(label);
  return last === 'fields' ? fieldsOfMessages(team).map((field) => named(field, 'field')) : [];
}

/** The keys below which calls stand, by their tools. */
const CALLS: ReadonlySet<string> = new Set(['calls', 'may', 'reaches']);

/** In a team file `permissions` are blocks by name, and in a role rules by tool. */
function isMapOfRules(path: readonly string[], schema: SchemaName): boolean {
  const inTeam = schema === 'team' && path.length === 1;
  return (
    (path.at(-1) === 'permissions' && !inTeam) || (schema === 'team' && path.length === 2 && path[0] === 'permissions')
  );
}

function label(name: string): Name {
  return named(name, 'label');
}
