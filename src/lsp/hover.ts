import type { Range } from '../document/document.ts';
import { roleCard } from '../report/role-card.ts';
import { rules } from '../rules/generated/rules.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Reference, Role } from '../team/team.ts';
import type { EditedFile } from './edited-file.ts';
import { nameAt } from './names-at.ts';
import type { Name } from './names-for.ts';
import { schemaOfKey } from './schema-at.ts';
import { schemaWords } from './schema-words.ts';
import { nameOf, type Word, wordAt } from './word-at.ts';

/** What an editor tells of a place, as Markdown. */
export interface Told {
  readonly words: string;
  readonly range: Range;
}

/** What is to be told at an offset of a file: of a name all that holds for it, of a key what it is for, of a rule what it finds. */
export function hoverAt(loaded: LoadedTeam, file: EditedFile, offset: number): Told | undefined {
  const named = nameAt(loaded, file.path, offset);
  if (named) return { words: wordsOf(named.reference, loaded), range: named.range };
  const found = wordAt(file, offset);
  const { word, range } = found;
  const rule = rules.find(({ id }) => id === word);
  if (rule) return { words: `**${rule.id}** (${rule.severity})\n\n${rule.summary}`, range };
  const name = nameOf(file, found, loaded);
  const words = name ? wordsOfName(name, loaded) : wordsOfKey(file, found);
  return words === undefined ? undefined : { words, range };
}

function wordsOfName({ name, kind, detail }: Name, loaded: LoadedTeam): string {
  const role = kind === 'role' ? (loaded.team.roles.get(name) ?? loaded.team.abstract.get(name)) : undefined;
  if (role) return cardOf(role, loaded);
  return `**${name}**, a ${kind}${detail === undefined ? '' : `: ${detail}`}`;
}

function wordsOfKey({ text, schema: root }: EditedFile, { word, range: [, end], cursor }: Word): string | undefined {
  if (!cursor || cursor.slot === 'value' || root === undefined || !/^["']?\s*:/.test(text.slice(end))) return undefined;
  const schema = schemaOfKey(root, cursor.path, word);
  return schema && schemaWords(schema, word);
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
  const card = shortened(roleCard({ role, team, documents, plans: [], sound: true }, { color: 0 }), role.id);
  const fence = '`'.repeat(Math.max(3, ...[...card.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const about = role.fields.description === undefined ? [] : [role.fields.description, ''];
  return [...about, `${fence}text`, card.trimEnd(), fence].join('\n');
}

/** How many lines of a part of a card fit beside a cursor. */
const MOST_LINES = 8;

/** A card of which each part has no more lines than are read in passing. */
function shortened(card: string, id: string): string {
  return card
    .split('\n\n')
    .map((part) => {
      const lines = part.split('\n');
      const more = lines.length - 1 - MOST_LINES;
      const rest = `  and ${more} more: teamc explain ${id}`;
      return more > 1 ? [...lines.slice(0, MOST_LINES + 1), rest].join('\n') : part;
    })
    .join('\n\n');
}
