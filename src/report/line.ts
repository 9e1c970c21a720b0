import type { Document } from '../document/document.ts';

const known = new WeakMap<Document, readonly string[]>();

/** A line of a document, counted from 1, without its line break. */
export function lineOf(document: Document, line: number): string {
  let lines = known.get(document);
  if (!lines) {
    lines = document.text.split('\n');
    known.set(document, lines);
  }
  return (lines[line - 1] ?? '').replace(/\r$/, '');
}
