import { parse, TomlError } from 'smol-toml';
import type { Pointer } from '../text/place.ts';
import { Lines } from '../text/source.ts';
import type { Range } from './document.ts';
import type { Loose } from './yaml/loose.ts';

/** Reads front matter between lines of `+++`. `start` is where the text begins in its file. */
export function readToml(text: string, start: number): Loose {
  const locate = locator(text, start);
  try {
    return { data: parse(text, { integersAsBigInt: false }) as Record<string, unknown>, mended: [], locate };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const offset = new Lines(text).start(error.line) + error.column - 1;
    const reason = error.message.split('\n')[0]!.replace(/^Invalid TOML document: /, '');
    return { data: {}, broken: { reason, offset: start + Math.min(offset, text.length) }, mended: [], locate };
  }
}

/** Finds the line of a key below its table; TOML's own parser keeps no places. */
function locator(text: string, start: number): Loose['locate'] {
  let tables: ReturnType<typeof linesIn> | undefined;
  return (pointer: Pointer, on): Range => {
    tables ??= linesIn(text);
    const keys = pointer.filter((step) => typeof step === 'string');
    for (let depth = keys.length; depth > 0; depth--) {
      const line = tables.get(keys.slice(0, depth - 1).join('.'))?.get(keys[depth - 1]!);
      if (!line) continue;
      const found =
        on === 'key' && depth === keys.length ? line.key : ([line.value, valueEnd(text, line.value)] as const);
      return itemOf(text, found, pointer.slice(depth)).map((at) => at + start) as unknown as Range;
    }
    return [start, start + text.length];
  };
}

/** Where a key stands, and where its value begins. */
interface Line {
  readonly key: Range;
  readonly value: number;
}

/** The first line of each key, below the first header of each table; what stands in front of them has the header ''. */
function linesIn(text: string): ReadonlyMap<string, ReadonlyMap<string, Line>> {
  const tables = new Map<string, Map<string, Line>>();
  let lines = new Map<string, Line>();
  tables.set('', lines);
  let start = 0;
  for (const written of text.split('\n')) {
    const at = start + written.length - written.trimStart().length;
    const header = /^\[([^[\]]+)\]/.exec(written.trimStart())?.[1];
    const equals = written.indexOf('=');
    if (header !== undefined) {
      lines = new Map();
      if (!tables.has(header)) tables.set(header, lines);
    } else if (equals > 0) {
      const key = text.slice(at, start + equals).trimEnd();
      const behind = written.slice(equals + 1);
      const value = start + equals + 1 + behind.length - behind.trimStart().length;
      const name = key.replace(/^"|"$/g, '');
      if (!lines.has(name)) lines.set(name, { key: [at, at + key.length], value });
    }
    start += written.length + 1;
  }
  return tables;
}

/** The end of a value: of its bracket, its text in three quotes, or its line. */
function valueEnd(text: string, start: number): number {
  const three = /^("""|''')/.exec(text.slice(start, start + 3))?.[1];
  if (three) return Math.max(start, text.indexOf(three, start + 3) + 3);
  if (text[start] === '[') {
    const close = /^\[(?:[^\]"']|"(?:[^"\\]|\\.)*"|'[^']*')*\]/.exec(text.slice(start));
    if (close) return start + close[0].length;
  }
  const line = text.indexOf('\n', start);
  return line === -1 ? text.length : line;
}

/** An item of a list of texts, by its number. */
function itemOf(text: string, [from, to]: Range, rest: Pointer): Range {
  const [index] = rest;
  if (typeof index !== 'number') return [from, to];
  const items = [...text.slice(from, to).matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'/g)];
  const item = items[index];
  return item ? [from + item.index, from + item.index + item[0].length] : [from, to];
}
