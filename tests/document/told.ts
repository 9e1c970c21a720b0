import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Document } from '../../src/document/document.ts';
import { applyEdits } from '../../src/document/edit.ts';
import { readDocument } from '../../src/document/read.ts';
import { Lines } from '../../src/text/source.ts';

/** What a test expects an author to be told: where, what, and what to do. */
export interface Told {
  readonly at: string;
  readonly message: string;
  readonly help?: string;
  readonly related?: readonly string[];
  /** Left out where it is the ordinary one: an error of the rule `yaml-syntax`. */
  readonly rule?: string;
  readonly severity?: string;
  /** How safe the fix is, and the file after it. */
  readonly fix?: readonly [safety: string, text: string];
}

/** Everything that a text is told, as an author would see it. */
export function told(text: string, path = 'team.yaml'): readonly Told[] {
  const document = readDocument({ path, text });
  return document.problems.map((problem) => shown(document, problem));
}

/** A finding with lines and columns, and its fix applied. */
export function shown(document: Document, { rule, severity, message, at, help, related, fix }: Diagnostic): Told {
  const lines = new Lines(document.text);
  const position = (offset: number) => Object.values(lines.position(offset)).join(':');
  const [start, end] = document.range(at);
  return {
    at: `${position(start)}-${position(end)}`,
    message,
    ...(help ? { help } : {}),
    ...(related
      ? { related: related.map((other) => `${position(document.range(other.at)[0])} ${other.message}`) }
      : {}),
    ...(rule === 'yaml-syntax' ? {} : { rule }),
    ...(severity === 'error' ? {} : { severity }),
    ...(fix ? { fix: [fix.safety, applyEdits(document, fix.edits).text] as const } : {}),
  };
}
