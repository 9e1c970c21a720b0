/** Where a cursor stands in YAML, told by indentation alone, so that half-written text has an answer too. */
export interface Cursor {
  /** The keys that lead to where the cursor is; lists count for nothing. A key that is being written is not among them. */
  readonly path: readonly string[];
  /** Whether a key or a value is being written; an item of a list may be a value or begin a map with a key. */
  readonly slot: 'key' | 'value' | 'item';
  /** The word that is being written: from `start`, a UTF-16 offset, up to the cursor. */
  readonly word: string;
  readonly start: number;
}

/** What is before the first key or value of a line: indentation and the dashes of list items. */
const LEAD = /^[ \t]*(?:-(?:[ \t]+|$))*/;

/** A key and what follows its colon. */
const KEY = /^("[^"]*"|'[^']*'|[^\s:,{}[\]#"'][^:,{}[\]#"']*?)[ \t]*:(?:[ \t]+(.*)|$)/s;

/** The cursor at an offset; undefined in the body of a Markdown file, where no YAML is. */
export function cursorAt(text: string, offset: number, kind: 'yaml' | 'markdown'): Cursor | undefined {
  const begin = kind === 'markdown' ? frontMatterAt(text, offset) : 0;
  if (begin === undefined) return undefined;
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const head = text.slice(line, offset);
  const lead = LEAD.exec(head)![0];
  const written = KEY.exec(head.slice(lead.length));
  const above = keysAbove(text.slice(begin, line), lead.length, written === null && lead.includes('-'));
  if (!written) return inFlow(head.slice(lead.length), above, lead.includes('-') ? 'item' : 'key', offset);
  return inFlow(written[2] ?? '', [...above, plain(written[1]!)], 'value', offset);
}

/** Where the front matter begins that an offset lies in. */
function frontMatterAt(text: string, offset: number): number | undefined {
  const open = /^\uFEFF?---[ \t]*\r?\n/.exec(text);
  if (!open || offset < open[0].length) return undefined;
  const close = /^---[ \t]*\r?$/m.exec(text.slice(open[0].length));
  return close && offset > open[0].length + close.index ? undefined : open[0].length;
}

/** The keys that a column is below, outermost first. An item of a list may stand in the column of the list's key. */
function keysAbove(text: string, column: number, isItem: boolean): readonly string[] {
  const keys: string[] = [];
  let right = isItem ? column - 1 : column;
  const lines = text.split('\n');
  for (let at = lines.length - 1; at >= 0 && right > 0; at--) {
    const lead = LEAD.exec(lines[at]!)![0];
    const key = KEY.exec(lines[at]!.slice(lead.length).trimEnd());
    if (!key || lead.length >= right) continue;
    keys.unshift(plain(key[1]!));
    right = lead.length;
  }
  return keys;
}

/** The cursor behind the text of a value, in which maps and lists may be open. */
function inFlow(value: string, path: readonly string[], slot: Cursor['slot'], offset: number): Cursor {
  const { open, from, quoted } = openIn(value);
  const keys = [...path, ...open.flatMap(({ key }) => key ?? [])];
  const inner = value.slice(from);
  const lead = inner.length - inner.trimStart().length;
  const written = KEY.exec(inner.slice(lead));
  const own = written ? [...keys, plain(written[1]!)] : keys;
  if (quoted !== undefined) return wordAt(value, quoted, own, 'value', offset);
  if (written) return wordAt(value, value.length - (written[2] ?? '').length, own, 'value', offset);
  const around = open.at(-1);
  return wordAt(value, from + lead, keys, around ? (around.map ? 'key' : 'item') : slot, offset);
}

/** A map or list that is not closed, and the key that it is the value of. */
interface Open {
  readonly map: boolean;
  readonly key?: string;
}

/** What is open at the end of a value, where the last member of it begins, and where a quote that is not closed does. */
function openIn(value: string): { readonly open: readonly Open[]; readonly from: number; readonly quoted?: number } {
  const open: Open[] = [];
  let from = 0;
  for (const { 0: sign, index } of value.matchAll(/"[^"]*"?|'[^']*'?|[{}[\],]/g)) {
    if (/^["']/.test(sign)) {
      if (sign.length > 1 && sign.endsWith(sign[0]!)) continue;
      return { open, from, quoted: index + 1 };
    }
    if (/[{[]/.test(sign)) open.push(opened(sign, value.slice(from, index)));
    if (/[}\]]/.test(sign)) open.pop();
    from = index + 1;
  }
  return { open, from };
}

function opened(sign: string, before: string): Open {
  const key = KEY.exec(before.trimStart())?.[1];
  return { map: sign === '{', ...(key === undefined ? {} : { key: plain(key) }) };
}

function wordAt(value: string, from: number, path: readonly string[], slot: Cursor['slot'], offset: number): Cursor {
  const word = value.slice(from).trimStart();
  return { path, slot, word, start: offset - word.length };
}

function plain(key: string): string {
  return /^["']/.test(key) ? key.slice(1, -1) : key;
}
