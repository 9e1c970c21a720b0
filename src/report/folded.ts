import { columnsOf } from './visible.ts';

/** How much further in a line without a label goes on, in columns. */
const HANGING = 2;

/** The widest label that a line goes on behind, in columns. */
const WIDEST_LABEL = 24;

/** The least room that a line gets. */
const LEAST = 24;

const PAINT = /\p{Cc}\[[0-9;]*m/gu;

/** How many columns a text takes, colours aside. */
export function shownColumns(text: string): number {
  return columnsOf(text.includes('\u001b') ? text.replace(PAINT, '') : text);
}

/**
 * Lines for a terminal: one that is too wide goes on below itself, behind its label or its guides. A word that is too long
 * stays whole, so that it can be copied. Where there is no terminal, everything stays as it is.
 */
export function folded(text: string, { columns }: { readonly columns?: number | undefined }): string {
  if (columns === undefined) return text;
  return text
    .split('\n')
    .map((line) => (shownColumns(line) > columns ? foldedLine(line, columns) : line))
    .join('\n');
}

function foldedLine(line: string, columns: number): string {
  const below = hanging(line.replace(PAINT, ''), columns);
  return wrapped(line, columns, columns - below.length)
    .map((part, index) => (index === 0 ? part : below + part))
    .join('\n');
}

/** What stands before the rest of a line: blanks below its label, and its guides as they go on. */
function hanging(line: string, columns: number): string {
  const [start, label = '', guides = ''] = /^( *(?:\S+(?: \S+)* {2,})?)([│├└─ ]*)/.exec(line)!;
  const width = columnsOf(start);
  if (start.trim() === '' || width > WIDEST_LABEL + guides.length || width > columns - LEAST)
    return ' '.repeat(/^ */.exec(line)![0].length + HANGING);
  return ' '.repeat(columnsOf(label)) + guides.replaceAll('├', '│').replace(/[^│]/g, ' ');
}

/** Text broken at blanks, its first line with a room of its own; a word that is too long stays whole, and a place behind its arrow. */
export function wrapped(text: string, first: number, width = first): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const [word] of text.matchAll(/ *(?:[^ ]*-->[^ ]* )?[^ ]+/g)) {
    const room = lines.length === 0 ? first : width;
    if (line.trim() !== '' && shownColumns(line) + shownColumns(word) > room) {
      lines.push(line);
      line = word.trimStart();
    } else line += word;
  }
  return [...lines, line];
}
