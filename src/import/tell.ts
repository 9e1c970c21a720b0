import type { Diagnostic, Fix, Related, Severity } from '../diagnostic/diagnostic.ts';
import type { Place } from '../text/place.ts';
import type { Source } from '../text/source.ts';

/** What a reader has to tell: the ids of the rules that pass it on. */
export type Told =
  | 'platform-drops-file'
  | 'platform-drops-field'
  | 'platform-drops-tool'
  | 'platform-cuts-file'
  | 'platform-refuses-file'
  | 'platform-sends-field'
  | 'platform-widens-tools'
  | 'front-matter-repaired'
  | 'agent-as-tool'
  | 'delegates-without-tool'
  | 'platforms-differ';

/** A finding of a reader. */
export function tell(
  rule: Told,
  severity: Severity,
  at: Place,
  message: string,
  more: {
    readonly help?: string;
    readonly fix?: Fix;
    readonly role?: string;
    readonly related?: readonly Related[];
  } = {},
): Diagnostic {
  return { rule, severity, at, message, ...more };
}

/** A part of a file as it stands, as a place. */
export function span(file: string, range: readonly [number, number]): Place {
  return { file, pointer: [], span: range };
}

/** One character of a file, such as the one at which its reader stopped, as a place; at the end of the file there is none. */
export function stopped({ path, text }: Source, offset: number): Place {
  return span(path, [Math.min(offset, text.length), Math.min(offset + 1, text.length)]);
}

/** A fix that writes other text at parts of a file. */
export function rewrite(title: string, safety: Fix['safety'], ...edits: readonly { at: Place; text: string }[]): Fix {
  return { title, safety, edits };
}
