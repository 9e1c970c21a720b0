import { WIDEST } from './frame.ts';
import type { Style } from './result.ts';
import { columnsOf } from './visible.ts';

/** A row of a table, column by column. */
export type Cell = readonly string[];

/** What is left and right of a table. */
const MARGIN = 4;

/** The widest that a column gets before its text is broken, but for the last one. */
const WIDE = 44;

/** The least that the last column gets. */
const NARROW = 24;

/** Rows as lines whose columns stand below each other; text that is too long goes on below itself. */
export function table(rows: readonly Cell[], { columns = WIDEST }: Style): readonly string[] {
  const number = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: number }, (_, at) =>
    Math.min(
      at === number - 1 ? Number.POSITIVE_INFINITY : WIDE,
      Math.max(...rows.map((row) => columnsOf(row[at] ?? ''))),
    ),
  );
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, MARGIN);
  widths[number - 1] = Math.max(NARROW, Math.min(columns, WIDEST) - before);
  return rows.flatMap((row) => rowLines(row, widths));
}

function rowLines(row: Cell, widths: readonly number[]): readonly string[] {
  const cells = widths.map((width, at) => wrap(row[at] ?? '', width));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((width, at) => {
        const text = cells[at]![line] ?? '';
        return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Breaks text at blanks; a word that is too long stays whole. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && columnsOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
