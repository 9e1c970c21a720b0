import { type DocumentHighlight, DocumentHighlightKind } from 'vscode-languageserver';
import type { Range } from '../document/document.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Reference } from '../team/team.ts';
import { Lines } from '../text/source.ts';
import type { EditedFile } from './edited-file.ts';
import { definitionOf, meantAt, placesOf } from './names-at.ts';
import { rangeIn } from './range.ts';

/** Where a file speaks of what a cursor is on: by a name in its data, and of a role in prose and comments too. */
export function highlightsAt(loaded: LoadedTeam, file: EditedFile, offset: number): DocumentHighlight[] {
  const meant = meantAt(loaded, file, offset)?.reference;
  if (!meant) return [];
  const itself = beginning(meant, file.path, loaded);
  const places = [
    ...(itself ? [{ range: itself, kind: DocumentHighlightKind.Write }] : []),
    ...placesOf(meant, loaded)
      .filter(({ document }) => document.path === file.path)
      .map(({ range }) => ({ range, kind: DocumentHighlightKind.Read })),
  ].sort((one, other) => one.range[0] - other.range[0]);
  const lines = new Lines(file.text);
  return places.map(({ range, kind }) => ({ range: rangeIn(lines, range), kind }));
}

/** The key by which something begins in a file; a role with a file of its own has none. */
function beginning(meant: Reference, path: string, loaded: LoadedTeam): Range | undefined {
  if (meant.kind === 'role' && meant.role.at.pointer.length === 0) return undefined;
  const found = definitionOf(meant, loaded);
  return found?.document.path === path ? found.range : undefined;
}
