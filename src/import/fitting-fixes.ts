import type { Diagnostic, Edit, Fix } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import type { TranslatedDocument } from './draft.ts';

/**
 * Keeps the fixes that a platform's own file can hold: changes of parts of its text, and of names that stand there as
 * they are. What would change the structure of a team file has no place in it.
 */
export function fittingFixes(
  diagnostics: readonly Diagnostic[],
  documents: ReadonlyMap<string, Document>,
): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    if (!diagnostic.fix) return diagnostic;
    const { fix, ...rest } = diagnostic;
    const edits = fix.edits.map((edit) => fitting(edit, documents.get(edit.at.file)));
    return edits.every((edit) => edit !== undefined) ? { ...rest, fix: { ...fix, edits } satisfies Fix } : rest;
  });
}

function fitting(edit: Edit, document: Document | undefined): Edit | undefined {
  if (!document) return undefined;
  if (edit.at.span) return 'text' in edit ? edit : undefined;
  if (!('value' in edit) || edit.at.on === 'key' || !isTranslated(document)) return undefined;
  const range = document.exactly(edit.at.pointer);
  const said = valueAt(document.data, edit.at.pointer);
  if (!range || typeof said !== 'string') return undefined;
  const start = document.text.slice(...range).indexOf(said);
  // What stands there is not the value itself, but something that it was made of.
  if (start === -1 || said === '') return undefined;
  const span = [range[0] + start, range[0] + start + said.length] as const;
  return { at: { ...edit.at, span }, text: edit.value };
}

function isTranslated(document: Document): document is TranslatedDocument {
  return 'exactly' in document;
}

function valueAt(data: unknown, pointer: readonly (string | number)[]): unknown {
  let value = data;
  for (const step of pointer) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
