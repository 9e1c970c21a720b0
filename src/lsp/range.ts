import type { Range as LspRange, Position } from 'vscode-languageserver';
import type { Range } from '../document/document.ts';
import type { Lines } from '../text/source.ts';

/** A range of a text as editors count: the first line and column are 0, columns are UTF-16 units. */
export function rangeIn(lines: Lines, [start, end]: Range): LspRange {
  return { start: positionOf(lines, start), end: positionOf(lines, end) };
}

function positionOf(lines: Lines, offset: number): Position {
  const { line, column } = lines.position(offset);
  return { line: line - 1, character: column - 1 };
}
