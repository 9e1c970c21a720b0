import type { Edit } from '../diagnostic/diagnostic.ts';
import type { Document, Range } from './document.ts';

/** A text with its edits made. */
export interface Edited {
  readonly text: string;
  /** The edits that could not be made: they overlap an earlier one, or belong to another file. */
  readonly leftOut: readonly Edit[];
}

/**
 * Makes edits in a document's text, wherever they stand in it. Of edits that overlap the first one counts; several
 * insertions at one place are made in their order, and the same edit given twice is made once.
 */
export function applyEdits(document: Document, edits: readonly Edit[]): Edited {
  const leftOut: Edit[] = [];
  const kept: { readonly range: Range; readonly text: string }[] = [];
  for (const edit of edits) {
    const { document: owner, place } = document.origin(edit.at);
    const range = owner.range(place);
    const foreign = edit.at.file !== document.path || owner.path !== document.path;
    if (!foreign && kept.some((other) => same(other.range, range) && other.text === edit.text)) continue;
    if (foreign || kept.some((other) => overlap(other.range, range))) leftOut.push(edit);
    else kept.push({ range, text: edit.text });
  }
  // A stable sort: what is inserted at one place stays in order, and before what is replaced from there on.
  const ordered = kept.toSorted((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
  let text = '';
  let at = 0;
  for (const { range, text: replacement } of ordered) {
    text += document.text.slice(at, range[0]) + replacement;
    at = range[1];
  }
  return { text: text + document.text.slice(at), leftOut };
}

function same(a: Range, b: Range): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** Ranges that only touch do not overlap; neither do two insertions at one place. */
function overlap(a: Range, b: Range): boolean {
  return a[0] < b[1] && b[0] < a[1];
}
