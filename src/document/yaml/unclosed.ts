import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { lineEnd } from '../cut-off.ts';
import { excerpt, fix, problem, spot } from '../problem.ts';
import { openings } from './brackets.ts';

const CLOSERS: Readonly<Record<string, string>> = { '"': '"', "'": "'", '[': ']', '{': '}' };
const KINDS: Readonly<Record<string, string>> = { '"': 'text', "'": 'text', '[': 'list', '{': 'map' };

/**
 * Explains why reading stopped by a quote or bracket that is never closed, and tells it where it opens: the error itself
 * shows up at the next key, or at the end of the file. Undefined when something else stopped the reading.
 */
export function unclosedAt(
  file: string,
  text: string,
  base: number,
  { offset, reason }: { readonly offset: number; readonly reason: string },
): Diagnostic | undefined {
  const inQuotes = /^unexpected end of the (?:stream|document) within a (?:single|double)/.test(reason);
  const inBrackets = reason === 'unexpected end of the stream within a flow collection';
  if (!inQuotes && !inBrackets && reason !== 'deficient indentation') return undefined;
  const open = openings(text, valueBefore(text, offset), offset);
  const opener = open.at(-1);
  if (opener === undefined) return undefined;
  const sign = text[opener] as string;
  const begins = excerpt(text.slice(opener, lineEnd(text, opener)));
  const closers = open
    .map((at) => CLOSERS[text[at] as string])
    .reverse()
    .join('');
  const comment = commentWith(CLOSERS[sign] as string, text, opener);
  const isQuote = sign === '"' || sign === "'";
  const end = isQuote ? lineEnd(text, opener) : text.slice(0, offset).trimEnd().length;
  const because = comment ? `, because \`${excerpt(comment)}\` is a comment` : '';
  const message = `The ${KINDS[sign]} that begins at \`${begins}\` is never closed${because}.`;
  const insertion = { at: spot(file, [end + base, end + base]), text: closers };
  return problem(spot(file, [opener + base, opener + base + 1]), message, {
    help: comment ? 'Quote the text that holds #.' : `Write \`${closers}\` where it ends.`,
    ...(comment ? {} : fix(`Insert ${closers}`, 'unsafe', insertion)),
  });
}

/** How far an opening quote or bracket is looked for, in UTF-16 units. */
const REACH = 4_000;

/** The outermost value that begins with a quote or bracket, and isn't closed up to an offset. */
function valueBefore(text: string, offset: number): number {
  const begin = Math.max(0, text.lastIndexOf('\n', Math.max(0, offset - REACH)));
  let value = offset;
  let opener: number | undefined;
  const starts = [...text.slice(begin, offset).matchAll(/(?:^[ \t]*|[:-][ \t]+)(?=["'[{])/gm)].reverse();
  for (const match of starts) {
    const at = begin + match.index + match[0].length;
    const open = openings(text, at, offset);
    if (open.length === 0 || (opener !== undefined && open.at(-1) !== opener)) continue;
    opener = open.at(-1);
    value = at;
  }
  return value;
}

function commentWith(closer: string, text: string, opener: number): string | undefined {
  const comment = /\s(#.*)$/.exec(text.slice(opener, lineEnd(text, opener)))?.[1];
  return comment?.includes(closer) ? comment : undefined;
}
