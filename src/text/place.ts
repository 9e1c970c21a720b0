/** The keys and indices that lead from a document's root to a value. */
export type Pointer = readonly (string | number)[];

/**
 * A place to blame or to praise: a file and a pointer into its data.
 *
 * It stays symbolic until a reporter asks the document for lines and columns, so that nobody carries offsets.
 * The body of a Markdown file is the value `instructions` of its data.
 */
export interface Place {
  /** Path from the working folder, with forward slashes. */
  readonly file: string;
  readonly pointer: Pointer;
  /** Point at the key that introduces the value instead of the value itself. */
  readonly on?: 'key';
  /**
   * A part of the file that no pointer can name, as UTF-16 offsets: where a parser stopped, a word inside a text.
   * When it is there, `pointer` only says what the part belongs to.
   */
  readonly span?: readonly [start: number, end: number];
}

/** The place one or more steps below another. */
export function below(place: Place, ...steps: Pointer): Place {
  return { file: place.file, pointer: [...place.pointer, ...steps] };
}

/** The key that introduces the value at a place. */
export function keyOf(place: Place): Place {
  return { file: place.file, pointer: place.pointer, on: 'key' };
}
