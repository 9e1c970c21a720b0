import type { ChalkInstance } from 'chalk';
import type { Located } from '../document/position.ts';
import { lineOf } from './line.ts';
import { characters, columnsOf, visible } from './visible.ts';

/** How many columns a frame takes where nobody says how wide the terminal is. */
export const WIDEST = 160;

/** How much of a long line stays on each side of the culprit, in columns. */
const AROUND = 20;

/** How much of a line is looked at on each side of the culprit, in UTF-16 units. */
const NEAR = 1000;

/**
 * The line of a place with the culprit underlined. A value of several lines shows only the first, marked where it begins;
 * a line that is too long is cut around the culprit.
 */
export function frame(place: Located, colour: ChalkInstance, paint: ChalkInstance, widest = WIDEST): string {
  const number = String(place.line);
  const room = Math.max(AROUND * 2, widest - number.length - '  >  | '.length);
  const [before, marked, after] = shown(place, room);
  const text = `${before}${marked}${after}`;
  const caret = '^'.repeat(Math.max(1, place.endLine === place.line ? columnsOf(marked) : 1));
  const blank = ' '.repeat(number.length);
  return [
    `  ${colour('>')} ${paint.dim(`${number} |`)}${text ? ` ${text}` : ''}`,
    `    ${paint.dim(`${blank} |`)} ${' '.repeat(columnsOf(before))}${colour(caret)}`,
  ].join('\n');
}

/** What stands before, at and after the culprit, together no wider than the room. */
function shown(place: Located, room: number): readonly [before: string, marked: string, after: string] {
  const line = place.document ? lineOf(place.document, place.line) : '';
  const start = place.column - 1;
  const end = place.endLine === place.line ? place.endColumn - 1 : line.length;
  const before = seen(line.slice(Math.max(0, start - NEAR), start));
  const marked = seen(line.slice(start, Math.min(end, start + NEAR)));
  const after = seen(line.slice(end, end + NEAR));
  if (columnsOf(before) + columnsOf(marked) + columnsOf(after) <= room) return [before, marked, after];
  const middle = first(marked, room - Math.min(AROUND, columnsOf(before)) - 1);
  const behind = Math.min(AROUND, columnsOf(after));
  const front = last(before, room - columnsOf(middle) - behind);
  return [front, middle, first(after, room - columnsOf(front) - columnsOf(middle))];
}

/** Source text as it is shown: a tab as an arrow, so that it is seen where it is the mistake. */
function seen(text: string): string {
  return visible(text.replaceAll('\t', '→   '));
}

/** As much of a text's start as fits, with an ellipsis for the rest. */
function first(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let width = 1;
  let kept = '';
  for (const character of characters(text)) {
    width += columnsOf(character);
    if (width > columns) break;
    kept += character;
  }
  return `${kept}…`;
}

/** As much of a text's end as fits, with an ellipsis for the rest. */
function last(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let width = 1;
  let kept = '';
  for (const character of characters(text).toReversed()) {
    width += columnsOf(character);
    if (width > columns) break;
    kept = character + kept;
  }
  return `…${kept}`;
}
