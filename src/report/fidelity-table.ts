import { wrapped } from './folded.ts';
import { WIDEST } from './frame.ts';
import type { Style } from './result.ts';
import { columnsOf } from './visible.ts';

/** A row of a table, column by column. */
export type Cell = readonly string[];

/** What is left and right of a table. */
const MARGIN = 4;

/** The widest that a column gets before its text is broken, but for the last one, and where there is room to spare. */
const WIDE = 44;

/** The least that the last column gets, if it has so much to say. */
const NARROW = 24;

/** The least that another column gets, if it has so much to say. */
const NARROWEST = 12;

/**
 * Rows as lines whose columns stand below each other; text that is too long goes on below itself. A cell with nothing to
 * its right may take the room that is there.
 */
export function table(rows: readonly Cell[], { columns = WIDEST }: Style): readonly string[] {
  const widths = widthsOf(rows, Math.min(columns, WIDEST) - MARGIN);
  return rows.flatMap((row) => rowLines(row, widths));
}

/** How wide each column is, where all together have so much room. */
function widthsOf(rows: readonly Cell[], room: number): readonly number[] {
  const number = Math.max(0, ...rows.map((row) => row.length));
  const wanted = Array.from({ length: number }, (_, at) =>
    Math.max(...rows.map((row) => (isOpen(row, at) ? 0 : columnsOf(row[at] ?? '')))),
  );
  const widths = wanted.slice(0, -1).map((width) => Math.min(WIDE, width));
  const least = Math.min(NARROW, wanted.at(-1) ?? 0);
  const last = (): number => room - widths.reduce((sum, width) => sum + width + GAP.length, 0);
  while (last() < least) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  for (const [at, width] of widths.entries())
    widths[at] = Math.max(width, Math.min(wanted[at]!, width + last() - (wanted.at(-1) ?? 0)));
  return [...widths, Math.max(least, last())];
}

/** Whether a cell has nothing to its right, though the table goes on. */
function isOpen(row: Cell, at: number): boolean {
  return at < row.length - 1 && row[at] !== '' && row.slice(at + 1).every((text) => text === '');
}

const GAP = '  ';

function rowLines(row: Cell, widths: readonly number[]): readonly string[] {
  const open = row.findIndex((_, at) => isOpen(row, at));
  const rooms = open < 0 ? widths : [...widths.slice(0, open), joined(widths.slice(open))];
  const cells = rooms.map((width, at) => wrap(row[at] ?? '', width));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    rooms
      .map((width, at) => {
        const text = cells[at]![line] ?? '';
        return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
      })
      .join(GAP)
      .trimEnd(),
  );
}

/** The room that some columns have without the gaps between them. */
function joined(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length);
}

/** Breaks text at blanks, and where a word is too long, behind its signs. */
function wrap(text: string, width: number): readonly string[] {
  return wrapped(text, width).flatMap((line) => (columnsOf(line) > width ? broken(line, width) : [line]));
}

function broken(word: string, width: number): readonly string[] {
  const lines = [''];
  for (const part of word.match(/[^/._-]*[/._-]?/g)!) {
    if (lines.at(-1) !== '' && columnsOf(lines.at(-1)! + part) > width) lines.push('');
    lines[lines.length - 1] += part;
  }
  return lines;
}
