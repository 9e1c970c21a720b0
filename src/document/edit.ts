import type { Edit, Fix } from '../diagnostic/diagnostic.ts';
import type { Document } from './document.ts';
import type { Node } from './nodes.ts';
import { Patch } from './patch.ts';
import { type Cut, removal } from './removal.ts';
import { type Style, scalar } from './scalar.ts';
import { wayTo } from './way.ts';

/** A part of a file that becomes another text. */
export interface Replacement extends Cut {
  readonly document: Document;
}

/**
 * An edit as replacements in the file where its value is really written, in the form in which it must stand there.
 * Undefined when it can't be made: its place is gone or can't be read, or others hang on what it would change.
 */
export function replacementsOf(edit: Edit, holder: Document): readonly Replacement[] | undefined {
  const { document, place } = holder.origin(edit.at);
  if ('text' in edit) return [{ document, range: document.range(place), text: edit.text }];
  const way = wayTo(document, place);
  if (!way || place.span) return undefined;
  if ('value' in edit) return [{ document, ...renamed(document.text, way.node, edit.value) }];
  // What came by an include may be there for others too.
  if (document.path !== edit.at.file) return undefined;
  return removal(document.text, way)?.map((cut) => ({ document, ...cut }));
}

function renamed(text: string, node: Node, value: string): Cut {
  const style: Style = node.kind === 'scalar' && node.style !== 'block' ? node.style : 'plain';
  const apart = node.start === node.end && /[:-]/.test(text[node.start - 1] ?? '') ? ' ' : '';
  return { range: [node.start, node.end], text: apart + scalar(value, style) };
}

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
  const patch = new Patch(document.text);
  const leftOut = edits.filter((edit) => {
    const made = edit.at.file === document.path ? replacementsOf(edit, document) : undefined;
    if (!made?.every((cut) => cut.document.path === document.path)) return true;
    const fresh = made.filter((cut) => !patch.has(cut));
    if (!fresh.every(({ range }) => patch.isFree(range))) return true;
    for (const cut of fresh) patch.add(cut);
    return false;
  });
  return { text: patch.text(), leftOut };
}

/** What came of fixes: the files that get another text, and the fixes that could be made. */
export interface FixedTexts<T> {
  readonly texts: ReadonlyMap<string, string>;
  readonly made: readonly T[];
}

/**
 * Makes fixes in all files that they touch, each as a whole or not at all. Of fixes that overlap the first one counts:
 * the others may no longer be needed, which only a new look at the files can tell.
 */
export function applyFixes<T extends { readonly fix: Fix }>(
  fixes: readonly T[],
  documents: ReadonlyMap<string, Document>,
): FixedTexts<T> {
  const patches = new Map<string, Patch>();
  const patchOf = ({ path, text }: Document): Patch => {
    const patch = patches.get(path) ?? new Patch(text);
    patches.set(path, patch);
    return patch;
  };
  const made = fixes.filter(({ fix }) => {
    const cuts = cutsOf(fix, documents)?.filter((cut) => !patchOf(cut.document).has(cut));
    const fits = cuts?.every(({ document, range }) => {
      const patch = patchOf(document);
      return patch.isFree(range) && !patch.isInsertedAt(range);
    });
    if (!cuts || !fits) return false;
    for (const cut of cuts) patchOf(cut.document).add(cut);
    return true;
  });
  return { texts: new Map([...patches].map(([path, patch]) => [path, patch.text()])), made };
}

/** Everything that a fix replaces, or nothing when a part of it can't be. */
function cutsOf({ edits }: Fix, documents: ReadonlyMap<string, Document>): readonly Replacement[] | undefined {
  const cuts: Replacement[] = [];
  for (const edit of edits) {
    const holder = documents.get(edit.at.file);
    const made = holder && replacementsOf(edit, holder);
    if (!made) return undefined;
    cuts.push(...made);
  }
  return cuts;
}
