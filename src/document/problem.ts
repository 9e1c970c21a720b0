import type { Diagnostic, Edit, Fix } from '../diagnostic/diagnostic.ts';
import type { Place, Pointer } from '../text/place.ts';
import type { Range } from './document.ts';

/** A finding about a file as YAML; the rule is `yaml-syntax` and it is an error, unless `more` says otherwise. */
export function problem(at: Place, message: string, more: Partial<Diagnostic> = {}): Diagnostic {
  return { rule: 'yaml-syntax', severity: 'error', message, at, ...more };
}

/** A part of a file, as a place that belongs to its root (or to the value at `pointer`). */
export function spot(file: string, span: Range, pointer: Pointer = []): Place {
  return { file, pointer, span };
}

/** A fix of one or more edits. */
export function fix(title: string, safety: Fix['safety'], ...edits: Edit[]): { readonly fix: Fix } {
  return { fix: { title, safety, edits } };
}

/** Text as a YAML scalar in quotes: double ones, or single ones where that spares escapes. */
export function quote(text: string): string {
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

/** Source text within a sentence: on one line, and not too long. */
export function excerpt(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** What an author would call the value at a pointer: its key, or the number of the item in its list. */
export function nameOf(pointer: Pointer): string {
  const last = pointer.at(-1);
  if (last === undefined) return 'the file';
  if (typeof last === 'string') return `\`${excerpt(last)}\``;
  const list = pointer.findLast((step) => typeof step === 'string');
  return list === undefined ? `item ${last + 1}` : `item ${last + 1} of \`${excerpt(list)}\``;
}

/** A sentence's first letter in upper case. */
export function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
