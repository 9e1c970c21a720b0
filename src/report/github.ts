import type { Severity } from '../diagnostic/diagnostic.ts';
import type { Located } from '../document/position.ts';
import { lineOf } from './line.ts';
import { type Finding, type Format, findingsOf, worstFirst } from './result.ts';
import { summary } from './summary.ts';
import { visible } from './visible.ts';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<Severity, string>;

/**
 * Workflow commands, which GitHub Actions turns into annotations, then one line that sums up. Errors come first, because
 * GitHub shows only ten annotations of a kind for a step. A value of several lines is marked in its first line, because
 * GitHub forgets columns where the lines differ, and shows the annotation below the last.
 */
export const github: Format = (result) =>
  [...worstFirst(findingsOf(result)).map(command), summary(result)].map((line) => `${line}\n`).join('');

function command({ diagnostic, at, related }: Finding): string {
  const { severity, rule, message, help } = diagnostic;
  return workflowCommand(COMMANDS[severity], at, rule, [
    message,
    ...related.map(({ at: place, message: why }) => `${place.file}:${place.line}:${place.column} ${why}`),
    ...(help === undefined ? [] : [help]),
  ]);
}

/** One annotation: a command of the workflow, a place, a title and lines of text. */
export function workflowCommand(
  name: (typeof COMMANDS)[Severity],
  at: Located,
  title: string,
  lines: readonly string[],
): string {
  const end = at.endLine === at.line || !at.document ? at.endColumn : lineOf(at.document, at.line).length + 1;
  const properties = {
    file: at.file,
    line: at.line,
    col: at.column,
    endLine: at.line,
    endColumn: Math.max(end, at.column),
    title,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${name} ${list.join(',')}::${data(lines.join('\n'))}`;
}

/** What could end a command early is escaped; a carriage return, like all that steers a terminal, shows as a sign. */
function data(text: string): string {
  return text.split('\n').map(visible).join('\n').replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
