import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { rules } from '../rules/generated/rules.ts';
import type { SchemaName } from '../schema/schema-name.ts';
import type { Team } from '../team/team.ts';
import { Lines } from '../text/source.ts';
import { type Cursor, cursorAt } from './cursor.ts';
import type { EditedFile } from './edited-file.ts';
import { keysBeside } from './keys-beside.ts';
import { keysFor } from './keys-for.ts';
import { type Name, named, namesFor } from './names-for.ts';
import { rangeIn } from './range.ts';
import { roleOf } from './role-of.ts';
import { type Schema, schemasAt } from './schema-at.ts';
import { schemaWords } from './schema-words.ts';

const KINDS: Readonly<Record<Name['kind'], CompletionItemKind>> = {
  role: CompletionItemKind.Class,
  word: CompletionItemKind.Keyword,
  group: CompletionItemKind.Module,
  person: CompletionItemKind.Reference,
  level: CompletionItemKind.EnumMember,
  model: CompletionItemKind.Constant,
  tool: CompletionItemKind.Function,
  'tool group': CompletionItemKind.Module,
  'block of permissions': CompletionItemKind.Struct,
  gate: CompletionItemKind.Event,
  step: CompletionItemKind.Event,
  label: CompletionItemKind.Value,
  field: CompletionItemKind.Field,
  target: CompletionItemKind.Property,
  rule: CompletionItemKind.Property,
};

/** A completion before it is known where it goes. */
type Item = Omit<CompletionItem, 'textEdit' | 'sortText'>;

/** What may be written at an offset of a file: the keys of the language, its words, and the team's own names. */
export function completionsAt(file: EditedFile, offset: number, team: Team): readonly CompletionItem[] {
  if (file.schema === undefined) return [];
  const { start, found } =
    inComment(file.text, offset) ?? inProse(file, offset, team) ?? inData(file, file.schema, offset, team);
  const range = rangeIn(new Lines(file.text), [start, offset]);
  return found.map(({ insertText, ...item }, at) => ({
    ...item,
    // Names come before words and keys, each in the order of the team and of the language.
    sortText: String(at).padStart(4, '0'),
    textEdit: { range, newText: insertText ?? item.label },
  }));
}

interface Found {
  readonly start: number;
  readonly found: readonly Item[];
}

/** A comment has room for the names of rules that it excuses. */
function inComment(text: string, offset: number): Found | undefined {
  const head = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const [, word] = /(?:#|<!--)\s*teamc-ignore\s+(?:[\w-]+\s*,\s*)*([\w-]*)$/.exec(head) ?? [];
  if (word !== undefined) {
    const found = rules.map(({ id, summary }) => item(named(id, 'rule', summary)));
    return { start: offset - word.length, found };
  }
  return /^\s*#/.test(head) ? { start: offset, found: [] } : undefined;
}

/** In the text of a role, names of roles stand behind an @ or in backquotes. */
function inProse({ text, kind }: EditedFile, offset: number, team: Team): Found | undefined {
  if (kind !== 'markdown' || cursorAt(text, offset, kind)) return undefined;
  const [, word] = /(?:@|(?<!`)`)([\w/-]*)$/.exec(text.slice(0, offset)) ?? [];
  const found = word === undefined ? [] : namesFor(['entry'], team).map(item);
  return { start: offset - (word?.length ?? 0), found };
}

function inData(file: EditedFile, schema: SchemaName, offset: number, team: Team): Found {
  const cursor = cursorAt(file.text, offset, file.kind);
  if (!cursor) return { start: offset, found: [] };
  const { start, slot, path } = cursor;
  const names = slot === 'key' ? [] : namesFor(path, team, roleOf(file, path, team)).map(inserted(file.text, start));
  const keys = slot === 'value' ? [] : keysAt(cursor, schema, team, file.text);
  const words =
    slot === 'key' ? [] : wordsAt(cursor, schema).filter((word) => !keys.some(({ label }) => label === word.label));
  return { start, found: [...names, ...words, ...keys] };
}

function item({ name, kind, detail }: Name): Item {
  return { label: name, kind: KINDS[kind], ...(detail === undefined ? {} : { detail }) };
}

/** A name as it is written at an offset: one that would be something else in YAML has quotes, unless they are there. */
function inserted(text: string, start: number): (name: Name) => Item {
  const quoted = /["']/.test(text[start - 1] ?? '');
  return (name) => {
    const isPlain =
      /^[A-Za-z_][\w./-]*(?: [\w./-]+)*$|^mcp:[\w/-]+$/.test(name.name) &&
      !/^(?:true|false|null|yes|no|on|off)$/i.test(name.name);
    return { ...item(name), ...(quoted || isPlain ? {} : { insertText: JSON.stringify(name.name) }) };
  };
}

/** The keys that a map may have and has not yet. */
function keysAt({ path, start, word }: Cursor, schema: SchemaName, team: Team, text: string): readonly Item[] {
  const described = new Map<string, Schema>();
  for (const { properties = {} } of schemasAt(schema, path))
    for (const [key, found] of Object.entries(properties)) if (!described.has(key)) described.set(key, found);
  const known = keysFor(path, schema, team).map(item);
  const keys = [...described].map(([key, found]): Item => {
    const documentation = { kind: 'markdown', value: schemaWords(found, key) } as const;
    return { label: key, kind: CompletionItemKind.Property, documentation };
  });
  const beside = keysBeside(text, start);
  const colon = /^[\w-]*\s*:/.test(text.slice(start + word.length)) ? '' : ': ';
  return [...known, ...keys]
    .filter(({ label }) => !beside.has(label))
    .map((key) => ({ ...key, insertText: `${key.label}${colon}` }));
}

/** The words of the language that a value may be. */
function wordsAt({ path }: Cursor, schema: SchemaName): readonly Item[] {
  const words = schemasAt(schema, path).flatMap(({ enum: allowed = [], const: only, type }) => [
    ...allowed,
    ...(only === undefined ? [] : [only]),
    ...(type === 'boolean' ? [true, false] : []),
  ]);
  return [...new Set(words)].map((word) => ({ label: String(word), kind: CompletionItemKind.Value }));
}
