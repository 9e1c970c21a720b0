import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Place } from '../text/place.ts';

/** UTF-16 offsets into a text: from the first unit up to, and without, the end. */
export type Range = readonly [start: number, end: number];

/** A file read into data that still knows where every value stands. */
export interface Document {
  /** Path from the working folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly kind: 'yaml' | 'markdown';
  /** Plain data: maps, lists, text, numbers and booleans; undefined when the file could not be read. */
  readonly data: unknown;
  /** What is wrong with the file as YAML. Warnings leave the data as good as it was. */
  readonly problems: readonly Diagnostic[];
  /**
   * The source text of the value (or key, or span) that a place names; of the nearest enclosing value if it is missing.
   * The body of a Markdown file is the value `instructions`.
   */
  range(place: Pick<Place, 'pointer' | 'on' | 'span'>): Range;
  /** Where a place in this document's data is really written: elsewhere when the value came by an `include`. */
  origin(place: Place): Origin;
}

/** The document that holds a value's source text, and the value's place in it. */
export interface Origin {
  readonly document: Document;
  readonly place: Place;
}

/** The largest file that is read, in bytes (and in UTF-16 units, once it is text). */
export const MAX_FILE_SIZE = 2_000_000;

/** How deep maps and lists may nest. */
export const MAX_DEPTH = 100;

/** How many problems of one file are told. */
export const MAX_PROBLEMS = 100;

/** How many values a file may hold once its aliases and includes are written out. */
export const MAX_VALUES = 100_000;
