import type { Source } from '../text/source.ts';
import type { Document, Range } from './document.ts';
import { parseYaml } from './yaml.ts';

/**
 * Reads a Markdown file: its front matter is the data, its body the value `instructions`,
 * without one leading line break and the white space at its end.
 */
export function readMarkdown(source: Source): Document {
  const { path, text } = source;
  const match = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)(?<=\n)---[ \t]*(?:\r?\n|$)/.exec(text);
  const front: Range | undefined = match
    ? [text.indexOf('\n') + 1, text.indexOf('\n') + 1 + (match[1] ?? '').length]
    : undefined;
  const body = bodyOf(text, match?.[0].length ?? 0);
  const reading = front && parseYaml(source, front, 'map');
  const instructions = body ? { instructions: text.slice(...body) } : {};
  const document: Document = {
    path,
    text,
    kind: 'markdown',
    data: { ...(reading?.data as object | undefined), ...instructions },
    problems: reading?.problems ?? [],
    range({ pointer, on, span }) {
      if (span) return span;
      if (body && pointer[0] === 'instructions') return body;
      return reading?.locate(on ? { pointer, on } : { pointer }) ?? [0, text.length];
    },
    origin: (place) => ({ document, place }),
  };
  return document;
}

function bodyOf(text: string, from: number): Range | undefined {
  const start = from + (/^\r?\n/.exec(text.slice(from, from + 2))?.[0].length ?? 0);
  const body = text.slice(start).trimEnd();
  return body === '' ? undefined : [start, start + body.length];
}
