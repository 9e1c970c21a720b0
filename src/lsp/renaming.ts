import type { RenameFile, TextDocumentEdit } from 'vscode-languageserver';
import type { Renaming } from '../team/rename-role.ts';
import { Lines } from '../text/source.ts';
import { rangeIn } from './range.ts';

/** What a rename does to files, as an editor makes it: each file as a whole, then the role's own file under its new name. */
export function changesOf({ files }: Renaming, uri: (path: string) => string): (TextDocumentEdit | RenameFile)[] {
  const edits = files
    .filter(({ before, after }) => before !== after)
    .map(({ path, before, after }): TextDocumentEdit => {
      const { from, to, text } = difference(before, after);
      const range = rangeIn(new Lines(before), [from, to]);
      return { textDocument: { uri: uri(path), version: null }, edits: [{ range, newText: text }] };
    });
  const moves = files.flatMap(({ path, to }): readonly RenameFile[] =>
    to === undefined ? [] : [{ kind: 'rename', oldUri: uri(path), newUri: uri(to) }],
  );
  return [...edits, ...moves];
}

/** The part of a text that another text has otherwise, so that what is not touched keeps its cursors and folds. */
function difference(
  before: string,
  after: string,
): { readonly from: number; readonly to: number; readonly text: string } {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let back = 0;
  while (back < most - from && before[before.length - 1 - back] === after[after.length - 1 - back]) back++;
  return { from, to: before.length - back, text: after.slice(from, after.length - back) };
}
