import { codeFrameColumns } from '@babel/code-frame';
import type { ChalkInstance } from 'chalk';
import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import { type Located, locatePlace } from '../document/position.ts';
import type { Place } from '../text/place.ts';

/** How wide a source line may be shown; longer ones are cut around the culprit. */
const WIDEST = 160;

/** A diagnostic as a person reads it: headline, code frames, help. */
export function pretty(diagnostic: Diagnostic, documents: ReadonlyMap<string, Document>, paint: ChalkInstance): string {
  const { severity, rule, message, at, related = [], help, fix } = diagnostic;
  const colour = colourOf(severity, paint);
  return [
    `${colour(paint.bold(severity))} ${paint.bold(rule)}: ${message}`,
    frame(at, '', documents, paint, colour),
    ...related.map((place) => frame(place.at, place.message, documents, paint, paint.blue)),
    ...(help ? [`  ${paint.cyan('help:')} ${help}`] : []),
    ...(fix ? [`  ${paint.cyan('fix:')} ${fix.title}${fix.safety === 'unsafe' ? ' (--fix-unsafe)' : ' (--fix)'}`] : []),
  ].join('\n');
}

function colourOf(severity: Severity, paint: ChalkInstance): ChalkInstance {
  return severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.blue;
}

function frame(
  at: Place,
  label: string,
  documents: ReadonlyMap<string, Document>,
  paint: ChalkInstance,
  colour: ChalkInstance,
): string {
  const place = locatePlace(at, documents);
  const where = `  ${paint.dim('-->')} ${place.file}:${place.line}:${place.column}${label ? `  ${colour(label)}` : ''}`;
  if (!place.document || place.document.text === '') return where;
  return `${where}\n${codeLines(place, place.document)}`;
}

function codeLines(place: Located, document: Document): string {
  const end =
    place.endLine === place.line
      ? { line: place.line, column: Math.max(place.endColumn, place.column + 1) }
      : undefined;
  const shown = codeFrameColumns(
    document.text,
    { start: { line: place.line, column: place.column }, ...(end ? { end } : {}) },
    { linesAbove: 0, linesBelow: 0, highlightCode: false },
  );
  return shown
    .split('\n')
    .map((line) => `  ${line.length > WIDEST ? `${line.slice(0, WIDEST - 1)}…` : line}`)
    .join('\n');
}
