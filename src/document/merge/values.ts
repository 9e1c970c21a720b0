import { createHash } from 'node:crypto';
import { keyText, resolve } from '../locate.ts';
import type { Node } from '../yaml/nodes.ts';
import type { Settings } from './tree.ts';

/** A value that teamc puts into a settings file; `written` is how its template wrote it, escapes and all. */
export type Value = MapValue | ListValue | ScalarValue;

export interface MapValue {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Value>;
}

export interface ListValue {
  readonly kind: 'list';
  readonly items: readonly Value[];
}

export interface ScalarValue {
  readonly kind: 'scalar';
  readonly written: string;
}

/** An item of a list: a map by its slug, a single value by itself, anything else by its fingerprint. */
export type ItemStep =
  | { readonly slug: string }
  | { readonly item: string | number | boolean }
  | { readonly same: string };

/** A step on the way to an entry: a key of a map, or an item of a list. */
export type Step = string | ItemStep;

/** The value of a settings file that is given as text, ready to be put into another. */
export function ownValue({ text, root, data }: Settings): Value | undefined {
  return root && build(text, root, data);
}

/** A value made from plain data. */
export function plainValue(data: unknown): Value {
  if (Array.isArray(data)) return { kind: 'list', items: data.map(plainValue) };
  if (typeof data === 'object' && data !== null)
    return { kind: 'map', entries: new Map(Object.entries(data).map(([key, value]) => [key, plainValue(value)])) };
  return { kind: 'scalar', written: JSON.stringify(data ?? null) };
}

function build(text: string, given: Node, data: unknown): Value {
  const node = resolve(given);
  if (node?.kind === 'list' && Array.isArray(data))
    return { kind: 'list', items: node.items.map((item, index) => build(text, item, data[index])) };
  if (node?.kind === 'map' && typeof data === 'object' && data !== null) {
    const map = data as Readonly<Record<string, unknown>>;
    const entries = node.entries.map(({ key, value }) => {
      const name = keyText(key) ?? '';
      return [name, build(text, value, map[name])] as const;
    });
    return { kind: 'map', entries: new Map(entries) };
  }
  const written = node ? text.slice(node.start, node.end) : '';
  return { kind: 'scalar', written: isJsonText(written, data) ? written : JSON.stringify(data ?? null) };
}

function isJsonText(written: string, data: unknown): boolean {
  if (!written.startsWith('"')) return false;
  try {
    return JSON.parse(written) === data;
  } catch {
    return false;
  }
}

/** The data of a value. */
export function dataOf(value: Value): unknown {
  if (value.kind === 'scalar') return JSON.parse(value.written);
  if (value.kind === 'list') return value.items.map(dataOf);
  return Object.fromEntries([...value.entries].map(([key, item]) => [key, dataOf(item)]));
}

/** How one item of a list is told from the others. */
export function stepOf(item: unknown): ItemStep {
  if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') return { item };
  if (typeof item === 'object' && item !== null && Object.hasOwn(item, 'slug')) {
    const { slug } = item as { readonly slug: unknown };
    if (typeof slug === 'string') return { slug };
  }
  return { same: fingerprint(item) };
}

/** A fingerprint of data, whatever the order of its keys. */
export function fingerprint(data: unknown): string {
  return createHash('sha256').update(canonical(data, true)).digest('hex');
}

/** Data as one line of JSON, its keys sorted or in their order. */
export function canonical(data: unknown, sorted: boolean): string {
  if (Array.isArray(data)) return `[${data.map((item) => canonical(item, sorted)).join(',')}]`;
  if (typeof data !== 'object' || data === null) return JSON.stringify(data ?? null);
  const keys = Object.keys(data);
  const map = data as Readonly<Record<string, unknown>>;
  const entries = (sorted ? keys.sort() : keys).map((key) => `${JSON.stringify(key)}:${canonical(map[key], sorted)}`);
  return `{${entries.join(',')}}`;
}
