import type { Value } from './values.ts';

/** How deeper lines are set in, and how lines end. */
export interface Layout {
  readonly unit: string;
  readonly eol: string;
}

/** How many characters a list may take in one line. */
const WIDE = 80;

/** A value on one line, as JSON that is YAML as well. */
export function inline(value: Value): string {
  if (value.kind === 'scalar') return value.written;
  if (value.kind === 'list') return `[${value.items.map(inline).join(', ')}]`;
  const entries = [...value.entries].map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** A value as JSON over several lines; `indent` is that of the line it begins on. */
export function spread(value: Value, indent: string, layout: Layout): string {
  if (value.kind === 'scalar') return value.written;
  const isMap = value.kind === 'map';
  const deeper = indent + layout.unit;
  const children = isMap
    ? [...value.entries].map(([key, item]) => `${JSON.stringify(key)}: ${spread(item, deeper, layout)}`)
    : value.items.map((item) => spread(item, deeper, layout));
  if (!isMap && value.items.every(({ kind }) => kind === 'scalar')) {
    const line = inline(value);
    if (line.length <= WIDE) return line;
  }
  const [open, close] = isMap ? '{}' : '[]';
  if (children.length === 0) return `${open}${close}`;
  const lines = children.map((child) => `${layout.eol}${deeper}${child}`);
  return `${open}${lines.join(',')}${layout.eol}${indent}${close}`;
}

/** A map's entry as block YAML; `indent` is that of its key. */
export function blockEntry(key: string, value: Value, indent: string, layout: Layout): string {
  return `${yamlKey(key)}:${blockValue(value, indent, layout)}`;
}

/** What stands behind the colon: a value on the same line, or a block on the next ones. */
export function blockValue(value: Value, indent: string, layout: Layout): string {
  const deeper = indent + layout.unit;
  const start = `${layout.eol}${deeper}`;
  if (value.kind === 'map' && value.entries.size > 0)
    return [...value.entries].map(([key, item]) => start + blockEntry(key, item, deeper, layout)).join('');
  if (value.kind === 'list' && value.items.some(({ kind }) => kind === 'map'))
    return value.items.map((item) => start + blockItem(item, deeper, layout)).join('');
  return ` ${inline(value)}`;
}

/** A list's item as block YAML, with its dash; `indent` is that of the dash. */
export function blockItem(value: Value, indent: string, layout: Layout): string {
  if (value.kind !== 'map' || value.entries.size === 0) return `- ${inline(value)}`;
  const deeper = `${indent}  `;
  const entries = [...value.entries].map(([key, item]) => blockEntry(key, item, deeper, layout));
  return `- ${entries.join(`${layout.eol}${deeper}`)}`;
}

function yamlKey(key: string): string {
  return /^[a-z_][\w-]*$/i.test(key) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(key)
    ? key
    : JSON.stringify(key);
}
