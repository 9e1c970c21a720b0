import type { ChalkInstance } from 'chalk';
import type { Said } from '../analysis/said.ts';
import type { Located } from '../document/position.ts';
import { type Decision, rank } from '../pattern/policy.ts';
import { frame } from './frame.ts';
import { visible } from './visible.ts';

/** A decision in its colour. */
export function painted(decision: Decision, paint: ChalkInstance): ChalkInstance {
  return [paint.red, paint.yellow, paint.green][rank(decision)]!;
}

/** How a rule or the lack of one reads: `deny "terraform *"`. */
export function ruleText(said: Pick<Said, 'by' | 'pattern' | 'decision'>): string {
  const { by, pattern, decision } = said;
  switch (by) {
    case 'rule':
      return visible(`${decision} "${pattern}"`);
    case 'part':
      return visible(`granted as "${pattern}"`);
    case 'edge':
      return decision === 'ask' ? 'an edge with approval' : 'an edge';
    case 'no-tool':
      return 'the role does not have this tool';
    case 'other-part':
      return 'the role has another part of this tool only';
    case 'no-edge':
      return 'no edge leads there';
    case 'default':
      return 'no rule speaks of it';
  }
}

/** Where something stands: `  --> file:line:column`, with a label behind it. */
export function placeLine({ file, line, column }: Located, label: string, paint: ChalkInstance): string {
  return `  ${paint.dim('-->')} ${visible(file)}:${line}:${column}${label ? `  ${label}` : ''}`;
}

/** A place with its source, the culprit underlined. */
export function framed(
  place: Located,
  label: string,
  colour: ChalkInstance,
  paint: ChalkInstance,
  columns?: number,
): readonly string[] {
  const shown = place.document && place.document.text !== '' ? [frame(place, colour, paint, columns)] : [];
  return [placeLine(place, label, paint), ...shown];
}

/** Rows of cells as aligned columns. The last column is never padded; `widths` counts cells without their colours. */
export function table(rows: readonly (readonly Cell[])[]): readonly string[] {
  const widths = rows.reduce<number[]>(
    (most, row) => row.map(([text], at) => Math.max(most[at] ?? 0, text.length)),
    [],
  );
  return rows.map((row) =>
    row
      .map(([text, colour], at) => {
        const shown = colour ? colour(text) : text;
        return at === row.length - 1 ? shown : shown + ' '.repeat(widths[at]! - text.length);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** A text and its colour. */
export type Cell = readonly [text: string, colour?: ChalkInstance];
