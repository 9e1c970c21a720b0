import type { Document } from '../document/document.ts';
import { below, type Place, type Pointer } from '../text/place.ts';

/**
 * The places of a document where prose names a role: instructions, descriptions, reasons and comments. An id with a hyphen,
 * an underscore or a slash counts as a word of its own; one that is an ordinary word only behind an @ or in backquotes.
 */
export function mentionsOf(document: Document, id: string): readonly Place[] {
  if (!document.text.includes(id)) return [];
  const name = id.replaceAll(/[^\w]/g, '\\$&');
  const word = /[-_/]/.test(id)
    ? new RegExp(`(?<![\\w/.-])${name}(?![\\w/-]|\\.\\w)`, 'g')
    : new RegExp(`(?<=(?<![\\w/.])@|\`)${name}(?![\\w/-]|\\.\\w)`, 'g');
  return [...new Set([...proseIn(document), ...commentsIn(document)].map((range) => range.join(' ')))]
    .map((range) => range.split(' ').map(Number) as [number, number])
    .flatMap(([start, end]) =>
      [...document.text.slice(start, end).matchAll(word)].map(({ index }) => ({
        file: document.path,
        pointer: [],
        span: [start + index, start + index + id.length] as const,
      })),
    );
}

/** Texts of several words: a single word is a name or a label, and it is not for prose to say whose. */
function* proseIn(document: Document): Iterable<readonly [number, number]> {
  const texts: Pointer[] = [];
  collect(document.data, { file: document.path, pointer: [] }, texts);
  for (const pointer of texts) {
    const { document: holder, place } = document.origin({ file: document.path, pointer });
    if (holder.path === document.path) yield holder.range(place);
  }
}

function collect(value: unknown, at: Place, texts: Pointer[]): void {
  if (typeof value === 'string') {
    if (/\S\s+\S/.test(value) || at.pointer[0] === 'instructions') texts.push(at.pointer);
  } else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value))
      if (!CALLS.has(key)) collect(item, below(at, Array.isArray(value) ? Number(key) : key), texts);
}

/** Commands hold words that are nobody's names. */
const CALLS: ReadonlySet<string> = new Set(['shell', 'fetch', 'browser', 'mcp']);

/** Comments, on lines of their own and behind values. */
function* commentsIn({ text, kind }: Document): Iterable<readonly [number, number]> {
  const end = kind === 'markdown' ? Math.max(0, text.indexOf('\n---', 3)) : text.length;
  let next = 0;
  for (const line of text.slice(0, end).split('\n')) {
    next += line.length;
    const comment = COMMENT.exec(line)?.[1] ?? '';
    if (comment !== '' && !/yaml-language-server/.test(comment)) yield [next - comment.length, next];
    next += 1;
  }
}

/** A comment at the end of a line: a hash at its start or behind a blank, and in no quotes. */
const COMMENT = /^(?:[^"'#]|"(?:[^"\\]|\\.)*"|'[^']*'|(?<=[^\s#])#)*((?<=^|\s)#.*)$/s;
