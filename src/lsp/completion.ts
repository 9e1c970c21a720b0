import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import type { SchemaName } from '../schema/schema-name.ts';
import type { Team } from '../team/team.ts';
import { Lines } from '../text/source.ts';
import { type Cursor, cursorAt } from './cursor.ts';
import { type Name, namesFor } from './names-for.ts';
import { rangeIn } from './range.ts';
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
  tools: CompletionItemKind.Module,
  permissions: CompletionItemKind.Struct,
  gate: CompletionItemKind.Event,
};

/** What may be written at an offset of a file: the keys of the language, its words, and the team's own names. */
export function completionsAt(
  { text, kind, schema }: { readonly text: string; readonly kind: 'yaml' | 'markdown'; readonly schema: SchemaName },
  offset: number,
  team: Team,
): readonly CompletionItem[] {
  const cursor = cursorAt(text, offset, kind);
  if (!cursor) return [];
  const range = rangeIn(new Lines(text), [cursor.start, offset]);
  const found = [
    ...(cursor.slot === 'key' ? [] : values(cursor, schema, team)),
    ...(cursor.slot === 'value' ? [] : keys(cursor, schema)),
  ];
  return found.map(({ insertText, ...item }) => ({
    ...item,
    textEdit: { range, newText: insertText ?? item.label },
  }));
}

function keys({ path }: Cursor, root: SchemaName): readonly CompletionItem[] {
  const described = new Map<string, Schema>();
  for (const { properties = {} } of schemasAt(root, path))
    for (const [key, schema] of Object.entries(properties)) if (!described.has(key)) described.set(key, schema);
  return [...described].map(([key, schema]) => ({
    label: key,
    kind: CompletionItemKind.Property,
    documentation: { kind: 'markdown', value: schemaWords(schema) },
    insertText: `${key}: `,
  }));
}

function values({ path }: Cursor, root: SchemaName, team: Team): readonly CompletionItem[] {
  const names = namesFor(path, team).map(
    ({ name, kind, detail }): CompletionItem => ({
      label: name,
      kind: KINDS[kind],
      ...(detail === undefined ? {} : { detail }),
    }),
  );
  const words = schemasAt(root, path).flatMap(({ enum: allowed = [], const: only, type }) => [
    ...allowed,
    ...(only === undefined ? [] : [only]),
    ...(type === 'boolean' ? [true, false] : []),
  ]);
  const items = [...new Set(words)].map((word) => ({ label: String(word), kind: CompletionItemKind.Value }));
  return [...names, ...items];
}
