import type { DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import { linesOf } from '../document/position.ts';
import { below, keyOf, type Place } from '../text/place.ts';
import { rangeIn } from './range.ts';
import { schemaFor } from './schema-for.ts';

/** The protocol's numbers of what a part is. */
const KINDS = { role: 5, field: 8, item: 19 } as const satisfies Record<string, SymbolKind>;

/** How many levels of keys are shown, of a role and of what else a file holds. */
const DEPTH = 3;

/** The keys by which an item of a list is called, and those that say more of what they stand in. */
const TITLES = ['name', 'role', 'person', 'group', 'to', 'do', 'request', 'path', 'by'];
const DETAILS = ['name', 'for', 'description', 'by'];

/**
 * What a file of a team holds: its keys, and below them roles, fields, and the items of lists by what they are about. Nothing
 * of a file that can't be read.
 */
export function outlineOf(document: Document | Diagnostic | undefined, teamFile: string): DocumentSymbol[] | undefined {
  if (!document || !('data' in document) || !isMap(document.data)) return undefined;
  const schema = schemaFor(document.path, teamFile);
  const parts = Object.entries(document.data).map(([key, value]) => {
    const at: Place = { file: document.path, pointer: [key] };
    return schema === 'team' && key === 'roles' && isMap(value)
      ? partOf(document, at, { name: key, value, children: rolesOf(document, at, value) })
      : field(document, at, value, DEPTH);
  });
  if (schema === undefined) return [];
  if (schema !== 'role') return parts;
  const name = document.path.slice(teamFile.lastIndexOf('/') + 'roles/'.length + 1).replace(/\.\w+$/, '');
  return [roleOf(document, document.data, { name, children: parts })];
}

/** The role that a file of its own is. */
function roleOf(
  document: Document,
  data: Data,
  { name, children }: Pick<DocumentSymbol, 'name' | 'children'>,
): DocumentSymbol {
  const range = rangeIn(linesOf(document), [0, document.text.length]);
  const detail = textOf(data['name']);
  const selectionRange = { start: range.start, end: range.start };
  return { name, ...(detail ? { detail } : {}), kind: KINDS.role, range, selectionRange, children: children ?? [] };
}

type Data = Readonly<Record<string, unknown>>;

function rolesOf(document: Document, at: Place, roles: Data): DocumentSymbol[] {
  return Object.entries(roles).map(([key, role]) => ({
    ...field(document, below(at, key), role, DEPTH),
    kind: KINDS.role,
  }));
}

/** A key with its value, and what is below it as deep as is left. */
function field(document: Document, at: Place, value: unknown, depth: number): DocumentSymbol {
  return partOf(document, at, {
    name: String(at.pointer.at(-1)),
    value,
    children: within(document, at, value, depth - 1),
  });
}

function within(document: Document, at: Place, value: unknown, depth: number): DocumentSymbol[] {
  if (depth === 0) return [];
  if (isMap(value)) return Object.entries(value).map(([key, item]) => field(document, below(at, key), item, depth));
  if (!Array.isArray(value) || textOf(value) !== undefined) return [];
  return value.flatMap((item, index) => {
    const place = below(at, index);
    const name = titleOf(item);
    return name === undefined
      ? within(document, place, item, depth)
      : [{ ...partOf(document, place, { name, value: item, children: [] }), kind: KINDS.item }];
  });
}

interface Part {
  readonly name: string;
  readonly value: unknown;
  readonly children: DocumentSymbol[];
}

function partOf(document: Document, at: Place, { name, value, children }: Part): DocumentSymbol {
  const ranges = [document.range(keyOf(at)), document.range(at)];
  const lines = linesOf(document);
  const detail = detailOf(value, name);
  return {
    name: name.trim() === '' ? '""' : name,
    ...(detail === undefined ? {} : { detail }),
    kind: KINDS.field,
    range: rangeIn(lines, [Math.min(...ranges.map(([start]) => start)), Math.max(...ranges.map(([, end]) => end))]),
    selectionRange: rangeIn(lines, ranges[0]!),
    children,
  };
}

/** What an item of a list is called. */
function titleOf(item: unknown): string | undefined {
  if (!isMap(item)) return textOf(item);
  const key = TITLES.find((each) => item[each] !== undefined);
  return key === undefined ? undefined : titleOf(item[key]);
}

function detailOf(value: unknown, name: string): string | undefined {
  if (!isMap(value)) return textOf(value) === name ? undefined : textOf(value);
  const said = DETAILS.map((key) => titleOf(value[key]));
  return said.find((text) => text !== undefined && text !== name);
}

/** The longest detail, in characters. */
const LONG = 60;

/** A value in a few words, where it is one or a list of such. */
function textOf(value: unknown): string | undefined {
  const isPlain = (item: unknown): boolean => typeof item !== 'object' && item !== undefined;
  if (![value].flat().every(isPlain) || (Array.isArray(value) && value.length === 0)) return undefined;
  const text = [value].flat().join(', ').trim().replaceAll(/\s+/g, ' ');
  return text.length > LONG ? `${text.slice(0, LONG - 1).trimEnd()}…` : text;
}

function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
