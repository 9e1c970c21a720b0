import type { CodeAction, DiagnosticSeverity, Range, Diagnostic as Shown, TextEdit } from 'vscode-languageserver';
import type { Fix } from '../diagnostic/diagnostic.ts';
import { replacementsOf } from '../document/edit.ts';
import { linesOf } from '../document/position.ts';
import type { LintedTeam } from '../report/result.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Place } from '../text/place.ts';
import { rangeIn } from './range.ts';

/** The protocol's numbers; written out, as the thread that finds has no need of the protocol. */
const SEVERITIES = { error: 1, warning: 2, info: 3 } as const satisfies Record<string, DiagnosticSeverity>;

/** A finding as an editor shows it. */
export interface Finding {
  readonly file: string;
  readonly shown: Shown;
  /** What makes it go away, where that can be done. */
  readonly fix?: CodeAction;
}

/** The findings of a team; `uri` names a file of the team to the editor. */
export function findingsOf({ loaded, diagnostics }: LintedTeam, uri: (path: string) => string): readonly Finding[] {
  return diagnostics.map(({ rule, severity, message, help, related = [], at, fix }) => {
    const { file, range } = whereIs(at, loaded);
    const shown: Shown = {
      range,
      severity: SEVERITIES[severity],
      code: rule,
      source: 'teamc',
      message: help === undefined ? message : `${message}\n${help}`,
      relatedInformation: related.map((other) => {
        const place = whereIs(other.at, loaded);
        return { location: { uri: uri(place.file), range: place.range }, message: other.message };
      }),
    };
    const changes = fix && changesOf(fix, loaded, uri);
    return { file, shown, ...(fix && changes ? { fix: actionOf(fix, changes, shown) } : {}) };
  });
}

/** The start of a file that can't be read. */
const NOWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function whereIs(at: Place, { documents }: LoadedTeam): { readonly file: string; readonly range: Range } {
  const holder = documents.get(at.file);
  if (!holder) return { file: at.file, range: NOWHERE };
  const { document, place } = holder.origin(at);
  return { file: document.path, range: rangeIn(linesOf(document), document.range(place)) };
}

function actionOf({ title, safety }: Fix, changes: Record<string, TextEdit[]>, shown: Shown): CodeAction {
  return {
    title,
    kind: 'quickfix',
    diagnostics: [shown],
    isPreferred: safety === 'safe',
    edit: { changes },
  };
}

/** The changes that a fix makes, by file; nothing where it can't be made. */
function changesOf(
  { edits }: Fix,
  { documents }: LoadedTeam,
  uri: (path: string) => string,
): Record<string, TextEdit[]> | undefined {
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of edits) {
    const holder = documents.get(edit.at.file);
    const made = holder && replacementsOf(edit, holder);
    if (!made) return undefined;
    for (const { document, range, text } of made) {
      const file = uri(document.path);
      changes[file] = [...(changes[file] ?? []), { range: rangeIn(linesOf(document), range), newText: text }];
    }
  }
  return changes;
}
