import type { Edit, Fix } from '../diagnostic/diagnostic.ts';
import type { Document } from './document.ts';
import { Patch } from './patch.ts';
import { type Cut, removal } from './removal.ts';
import { type Style, scalar } from './scalar.ts';
import { wayTo } from './way.ts';
import type { Node } from './yaml/nodes.ts';

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
    if (!fresh.every((cut) => patch.isFree(cut))) return true;
    for (const cut of fresh) patch.add(cut);
    return false;
  });
  return { text: patch.text(), leftOut };
}

/** A fix, and the documents by path that its places refer to. */
export interface Fixable {
  readonly fix: Fix;
  readonly documents: ReadonlyMap<string, Document>;
}

/** The text of a file as it was, and with fixes made. */
export interface FixedText {
  readonly before: string;
  readonly after: string;
}

/** What came of fixes: the files that become another text, and the fixes that could be made, each with its files. */
export interface FixedTexts<T> {
  readonly texts: ReadonlyMap<string, FixedText>;
  readonly made: readonly { readonly item: T; readonly files: readonly string[] }[];
}

/**
 * Makes fixes in all files that they touch, each as a whole or not at all. Of fixes that overlap the first one counts:
 * the others may no longer be needed, which only a new look at the files can tell.
 */
export function applyFixes<T extends Fixable>(fixes: readonly T[]): FixedTexts<T> {
  const patches = new Map<string, Patch>();
  const patchOf = ({ path, text }: Document): Patch => {
    const patch = patches.get(path) ?? new Patch(text);
    patches.set(path, patch);
    return patch;
  };
  const made = fixes.flatMap((item) => {
    const cuts = cutsOf(item);
    const fresh = cuts?.filter((cut) => !patchOf(cut.document).has(cut));
    const fits = fresh?.every((cut) => {
      const patch = patchOf(cut.document);
      return patch.isFree(cut) && !patch.isInsertedAt(cut.range);
    });
    if (!cuts || !fresh || !fits) return [];
    for (const cut of fresh) patchOf(cut.document).add(cut);
    return [{ item, files: [...new Set(cuts.map(({ document }) => document.path))] }];
  });
  const texts = [...patches].map(([path, patch]) => [path, { before: patch.before, after: patch.text() }] as const);
  return { texts: new Map(texts.filter(([, { before, after }]) => before !== after)), made };
}

/** Everything that a fix replaces, or nothing when a part of it can't be. */
function cutsOf({ fix, documents }: Fixable): readonly Replacement[] | undefined {
  const cuts: Replacement[] = [];
  for (const edit of fix.edits) {
    const holder = documents.get(edit.at.file);
    const made = holder && replacementsOf(edit, holder);
    if (!made) return undefined;
    cuts.push(...made);
  }
  return cuts;
}
