import type { RenameFile, TextDocumentEdit } from 'vscode-languageserver';
import type { Renaming } from '../team/rename-role.ts';
import { Lines } from '../text/source.ts';
import { rangeIn } from './range.ts';

/** What a rename does to files, as an editor makes it: each file as a whole, then the role's own file under its new name. */
export function changesOf({ files }: Renaming, uri: (path: string) => string): (TextDocumentEdit | RenameFile)[] {
  const edits = files
    .filter(({ before, after }) => before !== after)
    .map(({ path, before, after }): TextDocumentEdit => {
      const lines = new Lines(before);
      const changed = differences(before, after).map(({ from, to, text }) => ({
        range: rangeIn(lines, [from, to]),
        newText: text,
      }));
      return { textDocument: { uri: uri(path), version: null }, edits: changed };
    });
  const moves = files.flatMap(({ path, to }): readonly RenameFile[] =>
    to === undefined ? [] : [{ kind: 'rename', oldUri: uri(path), newUri: uri(to) }],
  );
  return [...edits, ...moves];
}

/** A part of a text that another text has otherwise, from an offset up to another. */
interface Difference {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The words that another text has otherwise, line by line, so that what is not touched keeps its cursors and folds. */
function differences(before: string, after: string): readonly Difference[] {
  const [old, now] = [before, after].map((text) => text.split('\n'));
  if (old!.length !== now!.length) return [difference(before, after, 0)];
  let from = 0;
  return old!.flatMap((line, at) => {
    const start = from;
    from += line.length + 1;
    return line === now![at] ? [] : [difference(line, now![at]!, start)];
  });
}

function difference(before: string, after: string, start: number): Difference {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let back = 0;
  while (back < most - from && before[before.length - 1 - back] === after[after.length - 1 - back]) back++;
  while (from > 0 && WORD.test(before[from - 1]!)) from--;
  while (back > 0 && WORD.test(before[before.length - back]!)) back--;
  return { from: start + from, to: start + before.length - back, text: after.slice(from, after.length - back) };
}

/** What ids are made of. */
const WORD = /[\w/-]/;
