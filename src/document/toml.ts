import { parse, TomlError } from 'smol-toml';
import type { Pointer } from '../text/place.ts';
import { Lines } from '../text/source.ts';
import type { Range } from './document.ts';
import type { Loose } from './loose.ts';

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
  return (pointer: Pointer, on): Range => {
    const keys = pointer.filter((step) => typeof step === 'string');
    for (let depth = keys.length; depth > 0; depth--) {
      const found = lineOf(text, keys.slice(0, depth), on === 'key' && depth === keys.length);
      if (found) return itemOf(text, found, pointer.slice(depth)).map((at) => at + start) as unknown as Range;
    }
    return [start, start + text.length];
  };
}

function lineOf(text: string, keys: readonly string[], isKey: boolean): Range | undefined {
  const tables = keys.slice(0, -1);
  const key = keys.at(-1)!;
  const header =
    tables.length > 0 ? new RegExp(`^[ \\t]*\\[${tables.map(literally).join('\\.')}\\]`, 'm').exec(text) : undefined;
  if (tables.length > 0 && !header) return undefined;
  const from = header ? header.index + header[0].length : 0;
  const next = /^[ \t]*\[[A-Za-z"]/m.exec(text.slice(from));
  const part = text.slice(from, next ? from + next.index : text.length);
  const found = new RegExp(`^([ \\t]*)("?${literally(key)}"?)([ \\t]*=[ \\t]*)`, 'm').exec(part);
  if (!found) return undefined;
  const at = from + found.index + found[1]!.length;
  if (isKey) return [at, at + found[2]!.length];
  const value = from + found.index + found[0].length;
  return [value, valueEnd(text, value)];
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

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
