import type { Place } from '../text/place.ts';
import { Lines } from '../text/source.ts';
import type { Document } from './document.ts';

/** A place as lines and columns; all of them count from 1, and the end is the first column after it. */
export interface Located {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The document it lies in, unless the file could not be read. */
  readonly document?: Document;
}

const lines = new WeakMap<Document, Lines>();

/** The lines of a document, counted once. */
export function linesOf(document: Document): Lines {
  const known = lines.get(document);
  if (known) return known;
  const counted = new Lines(document.text);
  lines.set(document, counted);
  return counted;
}

/** Turns a place into lines and columns, in the file where the value was really written. */
export function locatePlace(place: Place, documents: ReadonlyMap<string, Document>): Located {
  const holder = documents.get(place.file);
  if (!holder) return { file: place.file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const { document, place: origin } = holder.origin(place);
  const [start, end] = document.range(origin);
  const from = linesOf(document).position(start);
  const to = linesOf(document).position(end);
  return {
    file: document.path,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    document,
  };
}
