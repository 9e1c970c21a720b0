import type { Range } from '../document/document.ts';
import { mentionsOf } from '../team/mentions.ts';
import type { LoadedTeam } from '../team/read.ts';
import { type Cursor, cursorAt } from './cursor.ts';
import type { EditedFile } from './edited-file.ts';
import { keysFor } from './keys-for.ts';
import { type Name, namesFor } from './names-for.ts';
import { roleOf } from './role-of.ts';

/** A word of a file, and where it stands in the data, if it does. */
export interface Word {
  readonly word: string;
  readonly range: Range;
  readonly cursor: Cursor | undefined;
}

/** The word that an offset is in or at: letters, digits and what ids are made of. */
export function wordAt({ text, kind }: EditedFile, offset: number): Word {
  let start = offset;
  while (start > 0 && /[\w/-]/.test(text[start - 1]!)) start--;
  const word = /^[\w/-]*/.exec(text.slice(start))![0];
  return { word, range: [start, start + word.length], cursor: cursorAt(text, start, kind) };
}

/** The name that a word is by where it stands, also in a file that can't be read at the moment. */
export function nameOf(file: EditedFile, { word, range: [, end], cursor }: Word, loaded: LoadedTeam): Name | undefined {
  const { schema, text } = file;
  if (!cursor || schema === undefined || word === '')
    return isMention(file, word, end, loaded) ? mention(word) : undefined;
  const { path, slot } = cursor;
  const isKey = slot !== 'value' && /^["']?\s*:/.test(text.slice(end));
  const names = isKey
    ? keysFor(path, schema, loaded.team)
    : namesFor(path, loaded.team, roleOf(file, path, loaded.team));
  const name = names.find((one) => one.name === word);
  return name ?? (isMention(file, word, end, loaded) ? mention(word) : undefined);
}

function mention(word: string): Name {
  return { name: word, kind: 'role' };
}

/** Whether a word that ends at an offset names a role within a text or a comment. */
function isMention({ path }: EditedFile, word: string, end: number, { team, documents }: LoadedTeam): boolean {
  const document = documents.get(path);
  if (!document || !(team.roles.has(word) || team.abstract.has(word))) return false;
  return mentionsOf(document, word).some(({ span }) => span?.[1] === end);
}
