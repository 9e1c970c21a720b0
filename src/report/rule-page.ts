import { Chalk, type ChalkInstance } from 'chalk';
import { folded, wrapped } from './folded.ts';
import type { Style } from './result.ts';

/** The widest that sentences get: longer lines are hard to read. */
const WIDEST = 100;

/** A rule's page for a terminal: sentences as wide as it is, code further in, headings without their signs. Elsewhere it stays Markdown. */
export function rulePageText(page: string, { color, columns }: Style): string {
  if (columns === undefined) return page;
  const paint = new Chalk({ level: color });
  const width = Math.min(columns, WIDEST);
  const parts = page.trim().split(/^(```[^\n]*\n[\s\S]*?^```$)/m);
  const text = parts.map((part) => (part.startsWith('```') ? code(part, paint, width) : prose(part, paint, width)));
  return `${text.join('')}\n`;
}

const INDENT = '    ';

/** Code stays as it is, so that it can be copied; only what teamc prints is folded, as it would be. */
function code(part: string, paint: ChalkInstance, width: number): string {
  const [fence, ...lines] = part.split('\n').slice(0, -1);
  const text = lines.join('\n');
  const shown = fence === '```text' ? folded(text, { columns: width - INDENT.length }) : text;
  return shown
    .split('\n')
    .map((line) => (line === '' ? '' : paint.cyan(INDENT + line)))
    .join('\n');
}

function prose(part: string, paint: ChalkInstance, width: number): string {
  return part
    .split(/(\n{2,}|^\n+|\n+$)/)
    .map((text) => (/^\n*$/.test(text) ? text : paragraph(text, paint, width)))
    .join('');
}

function paragraph(text: string, paint: ChalkInstance, width: number): string {
  const heading = /^#+ (.*)$/.exec(text)?.[1];
  if (heading !== undefined) return paint.bold(heading);
  return text
    .split(/\n(?=- )/)
    .map((item) => {
      const below = item.startsWith('- ') ? '  ' : '';
      return wrapped(item.replaceAll(/\s*\n\s*/g, ' '), width, width - below.length).join(`\n${below}`);
    })
    .join('\n');
}
