import type { Document, Range } from '../document/document.ts';
import type { Place, Pointer } from '../text/place.ts';
import type { Source } from '../text/source.ts';
import type { FoundAgent } from './found.ts';

/** How sure it is that a value says what its author meant. */
export type Confidence = 'certain' | 'likely' | 'guess';

/** A field of the role that was made of something in the platform's file. */
export interface Recovered {
  readonly field: string;
  readonly at: Place;
  readonly confidence: Confidence;
  /** What it was made of, in words: `front matter`, `section "Delegates To"`. */
  readonly from: string;
}

/** A role in the making: the language's own fields, each with the place in the user's file that says it. */
export class Draft {
  readonly agent: FoundAgent;
  readonly fields: Record<string, unknown> = {};
  readonly recovered: Recovered[] = [];
  /** Reasons and notes that stood beside values as comments, by the pointer of the value. */
  readonly comments: { readonly pointer: Pointer; readonly text: string }[] = [];
  /** Keys of the author's front matter that have become fields; all others are kept under `x-`. */
  readonly understood = new Set<string>();
  readonly #places: Mapping[] = [];

  constructor(agent: FoundAgent) {
    this.agent = agent;
  }

  /** Sets a field, and says what it was made of. */
  set(field: string, value: unknown, at: Place, how: Partial<Pick<Recovered, 'confidence' | 'from'>> = {}): void {
    this.fields[field] = value;
    this.say([field], at);
    this.recovered.push({ field, at, confidence: how.confidence ?? 'certain', from: how.from ?? 'front matter' });
  }

  /** Says where something inside a field stands, and where its key does. */
  say(pointer: Pointer, at: Place, key?: Place): void {
    this.#places.push({ pointer, at, ...(key ? { key } : {}) });
  }

  /** The places that were said, below a pointer. */
  placesBelow(base: Pointer): readonly Mapping[] {
    return this.#places.map((mapping) => ({ ...mapping, pointer: [...base, ...mapping.pointer] }));
  }
}

/** A pointer into translated data, and what it was made of. */
export interface Mapping {
  readonly pointer: Pointer;
  readonly at: Place;
  readonly key?: Place;
}

/** Drafts as the data of the file that they come from: pointers lead to the parts of the user's own text. */
export function translated(
  source: Source,
  kind: Document['kind'],
  data: unknown,
  mappings: readonly Mapping[],
): TranslatedDocument {
  const byPointer = new Map(mappings.map((mapping) => [keyOf(mapping.pointer), mapping]));
  const nearest = (pointer: Pointer): { readonly mapping: Mapping; readonly exact: boolean } | undefined => {
    for (let depth = pointer.length; depth >= 0; depth--) {
      const mapping = byPointer.get(keyOf(pointer.slice(0, depth)));
      if (mapping?.at.file === source.path) return { mapping, exact: depth === pointer.length };
    }
    return undefined;
  };
  const rangeOf = ({ pointer, on, span }: Pick<Place, 'pointer' | 'on' | 'span'>): Range => {
    if (span) return span;
    const found = nearest(pointer)?.mapping;
    return (on === 'key' ? (found?.key?.span ?? found?.at.span) : found?.at.span) ?? firstLine(source.text);
  };
  const document: TranslatedDocument = {
    path: source.path,
    text: source.text,
    kind,
    data,
    problems: [],
    range: rangeOf,
    origin: (place) => ({ document, place }),
    exactly(pointer) {
      const found = nearest(pointer);
      return found?.exact ? found.mapping.at.span : undefined;
    },
  };
  return document;
}

/** A document of which the data is a translation. */
export interface TranslatedDocument extends Document {
  /** Where exactly the value at a pointer stands; nothing where only its surroundings are known. */
  exactly(pointer: Pointer): Range | undefined;
}

function firstLine(text: string): Range {
  const end = text.search(/\r?\n/);
  return [0, end === -1 ? text.length : end];
}

function keyOf(pointer: Pointer): string {
  return JSON.stringify(pointer);
}
