import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import { locatePlace } from '../document/position.ts';
import { suppressions } from '../document/suppressions.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Place } from '../text/place.ts';

/** The `teamc-ignore` comments of a team. */
export interface Suppressions {
  covers(diagnostic: Diagnostic, loaded: LoadedTeam): boolean;
  /** Comments that do not say why. */
  readonly withoutReason: readonly Place[];
}

/** Collects the comments of all documents; a document is only looked at when a finding lies in it. */
export function suppressionsOf(loaded: LoadedTeam): Suppressions {
  const byFile = new Map<string, ReturnType<typeof suppressions>>();
  const of = (document: Document): ReturnType<typeof suppressions> => {
    const known = byFile.get(document.path) ?? suppressions(document);
    byFile.set(document.path, known);
    return known;
  };
  return {
    covers(diagnostic) {
      const { document, line } = locatePlace(diagnostic.at, loaded.documents);
      if (!document?.text.includes('teamc-ignore')) return false;
      return of(document).some(
        ({ rules, appliesTo }) => appliesTo === line && (rules === 'all' || rules.includes(diagnostic.rule)),
      );
    },
    get withoutReason() {
      return [...loaded.documents.values()]
        .filter(({ text }) => text.includes('teamc-ignore'))
        .flatMap((document) =>
          of(document)
            .filter(({ why }) => why === '')
            .map(({ line }) => lineOf(document, line)),
        );
    },
  };
}

function lineOf(document: Document, line: number): Place {
  const start =
    document.text
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length + (line > 1 ? 1 : 0);
  const end = document.text.indexOf('\n', start);
  return { file: document.path, pointer: [], span: [start, end === -1 ? document.text.length : end] };
}
