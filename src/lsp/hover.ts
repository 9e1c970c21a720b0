import type { Range } from '../document/document.ts';
import { roleCard } from '../report/role-card.ts';
import { rules } from '../rules/generated/rules.ts';
import type { SchemaName } from '../schema/schema-name.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Reference, Role } from '../team/team.ts';
import { cursorAt } from './cursor.ts';
import { nameAt } from './names-at.ts';
import { schemaOfKey } from './schema-at.ts';
import { schemaWords } from './schema-words.ts';

/** What an editor tells of a place, as Markdown. */
export interface Told {
  readonly words: string;
  readonly range: Range;
}

/** A word of YAML: a key, a name or a rule's id. */
const WORD = /[\w/-]*$/;

/** What is to be told at an offset of a file: of a name all that holds for it, of a key what it is for, of a rule what it finds. */
export function hoverAt(
  loaded: LoadedTeam,
  file: {
    readonly path: string;
    readonly text: string;
    readonly kind: 'yaml' | 'markdown';
    readonly schema: SchemaName;
  },
  offset: number,
): Told | undefined {
  const named = nameAt(loaded, file.path, offset);
  if (named) return { words: wordsOf(named.reference, loaded), range: named.range };
  const start = offset - WORD.exec(file.text.slice(0, offset))![0].length;
  const word = /^[\w/-]*/.exec(file.text.slice(start))![0];
  const range: Range = [start, start + word.length];
  const rule = rules.find(({ id }) => id === word);
  if (rule) return { words: `**${rule.id}** (${rule.severity})\n\n${rule.summary}`, range };
  const cursor = cursorAt(file.text, start, file.kind);
  if (cursor?.slot !== 'key' || !/^\s*:/.test(file.text.slice(range[1]))) return undefined;
  const schema = schemaOfKey(file.schema, cursor.path, word);
  return schema && { words: schemaWords(schema), range };
}

function wordsOf(reference: Reference, loaded: LoadedTeam): string {
  if (reference.kind === 'role') return cardOf(reference.role, loaded);
  if (reference.kind === 'group')
    return `**${reference.group.id}**, a group: ${reference.group.members.map(({ id }) => id).join(', ')}`;
  if (reference.kind !== 'person') return '';
  const { id, description, human } = reference.person;
  return `**${id}**, ${human ? 'a person' : 'an outsider'}${description === undefined ? '' : `: ${description}`}`;
}

/**
 * The card that `teamc explain` prints, without what platforms make of the role, which takes too long to wait for. A
 * fence longer than any in it keeps its text text.
 */
function cardOf(role: Role, { team, documents }: LoadedTeam): string {
  const card = roleCard({ role, team, documents, plans: [], sound: true }, { color: 0 });
  const fence = '`'.repeat(Math.max(3, ...[...card.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const about = role.fields.description === undefined ? [] : [role.fields.description, ''];
  return [...about, `${fence}text`, card.trimEnd(), fence].join('\n');
}
