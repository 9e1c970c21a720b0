import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { isCut, lineEnd } from '../cut-off.ts';
import type { Range } from '../document.ts';
import { excerpt, fix, problem, quote, spot } from '../problem.ts';
import { closingBracket, openings } from './brackets.ts';

/** Text that YAML took for something else, why, and how to write it. */
export interface Surprise {
  readonly problem: Diagnostic;
  /** The text to replace, with another of the same length, so that the rest of the file can be read. */
  readonly range: Range;
  readonly instead: string;
  /** Whether the replacement means the same, so that the data is as good as ever. */
  readonly harmless?: true;
}

/**
 * Explains an error by what YAML does to unquoted text: values that begin with `*`, `@`, `{x}`, `>=` and the like,
 * a second `: ` in a line, text after a closing quote. Undefined when it is none of these.
 */
export function surpriseAt(file: string, text: string, offset: number): Surprise | undefined {
  const line = lineAt(text, offset);
  const inBrackets = flowValue(text, line, offset);
  const value = inBrackets ?? blockValue(text, line);
  if (!value) return undefined;
  const written = text.slice(...value);
  // In brackets, what follows a quote, or a bracket and a blank, is rather the next item, and a comma is missing.
  if (inBrackets && /^(?:["']|[[{].*?[\]}]\s)/.test(written)) return undefined;
  const message = explain(written, text, value, offset);
  if (!message || /\n/.test(written)) return undefined;
  const quoted = quote(meant(written));
  return {
    range: value,
    instead: 'x'.repeat(written.length),
    problem: problem(spot(file, value), message, {
      help: `Write ${quoted}.`,
      ...fix('Quote the value', 'safe', { at: spot(file, value), text: quoted }),
    }),
  };
}

/** Without the quotes of a text that holds an apostrophe: 'don't'. */
function meant(written: string): string {
  const text = written.slice(1, -1);
  return /^'.*'$/.test(written) && /\w'\w/.test(text) && !/(?<!\w)'|'(?!\w)/.test(text) ? text : written;
}

/**
 * Explains a bracket that closes a list or map no deeper than the key that it belongs to. YAML forbids that and nearly
 * everyone accepts it, so that it is a warning, and the line break before it is read as a blank.
 */
export function shallowBracket(file: string, text: string, offset: number): Surprise | undefined {
  const bracket = text[offset];
  const start = text.lastIndexOf('\n', offset) + 1;
  if ((bracket !== ']' && bracket !== '}') || text.slice(start, offset).trim() !== '' || start === 0) return undefined;
  const kind = bracket === ']' ? 'list' : 'map';
  return {
    range: [start - 1, start],
    instead: ' ',
    harmless: true,
    problem: problem(
      spot(file, [offset, offset + 1]),
      `YAML wants the \`${bracket}\` of a ${kind} indented deeper than the key of the ${kind}.`,
      {
        severity: 'warning',
        help: 'Indent it.',
        ...fix('Indent the bracket', 'safe', { at: spot(file, [start, start]), text: '  ' }),
      },
    ),
  };
}

function explain(value: string, text: string, range: Range, offset: number): string | undefined {
  const first = value.charAt(0);
  const shown = excerpt(value);
  if (first === '*') return takenForAlias(shown);
  if (/^&(?![\w-]+(?:\s|$))/.test(value))
    return `YAML takes the \`&\` of \`${shown}\` for an anchor, because the text isn't quoted.`;
  if (/^[@`%]/.test(first))
    return `Text that begins with ${first === '`' ? 'a backtick' : `\`${first}\``} must be quoted in YAML.`;
  if (/^[|>](?![-+\d]{0,2}$)/.test(value))
    return `YAML takes the \`${first}\` of \`${shown}\` for the beginning of a block of text.`;
  if (first === '{' || first === '[') return afterBracket(value, shown);
  if (first === '"' || first === "'") {
    const end = closingQuote(value);
    return end === undefined || end === value.length
      ? undefined
      : `Text follows the closing quote of ${excerpt(value.slice(0, end))}.`;
  }
  const inside = offset > range[0] && offset < range[1] && text[offset] === ':';
  if (inside)
    return `YAML takes \`${excerpt(value.slice(0, offset - range[0]))}:\` for a key, because the text isn't quoted.`;
  return undefined;
}

/** What to say about an unquoted `*`. */
export function takenForAlias(shown: string): string {
  const what = shown === '*' ? '`*`' : `the \`*\` of \`${shown}\``;
  return `YAML takes ${what} for an alias, because the text isn't quoted.`;
}

function afterBracket(value: string, shown: string): string | undefined {
  const end = closingBracket(value);
  if (end === undefined || end === value.length) return undefined;
  const kind = value.startsWith('{') ? 'map' : 'list';
  return `YAML takes \`${excerpt(value.slice(0, end))}\` for a ${kind}, so that the rest of \`${shown}\` can't be read.`;
}

/** The offset after the quote that ends a text in quotes. */
function closingQuote(value: string): number | undefined {
  return (value.startsWith('"') ? /^"(?:[^"\\]|\\.)*"/ : /^'(?:[^']|'')*'/).exec(value)?.[0].length;
}

function lineAt(text: string, offset: number): Range {
  const start = text.lastIndexOf('\n', Math.max(offset - 1, 0)) + 1;
  return [offset === 0 ? 0 : start, lineEnd(text, offset)];
}

const MARKER = /^(?:\uFEFF?[ \t]*(?:[-?:][ \t]+)*)/;
const KEY =
  /^(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|[^\s#"'[\]{},&*!|>%@`](?:[^:#\n]|:(?=\S)|(?<=\S)#)*?)[ \t]*:[ \t]+/;

/** What stands in a line after its indentation, dashes and key, without a comment. */
function blockValue(text: string, [start, end]: Range): Range | undefined {
  const line = text.slice(start, end);
  const marker = MARKER.exec(line)?.[0].length ?? 0;
  const key = KEY.exec(line.slice(marker))?.[0].length ?? 0;
  const value = withoutComment(line.slice(marker + key));
  const keyLike = key === 0 ? /^[*&@`%]\S*?(?=:(?:[ \t]|$))/.exec(value)?.[0] : undefined;
  const from = start + marker + key;
  return value === '' ? undefined : [from, from + (keyLike ?? value).length];
}

function withoutComment(value: string): string {
  const comment = /[ \t]+(#.*)$/.exec(value);
  return comment && !isCut(value.slice(0, comment.index), comment[1] ?? '') ? value.slice(0, comment.index) : value;
}

/** The item of a list or map in brackets around an offset; undefined outside of brackets. */
function flowValue(text: string, [start, end]: Range, offset: number): Range | undefined {
  const innermost = openings(text, start, offset).findLast((at) => /[[{]/.test(text[at] as string));
  const opened = innermost === undefined ? undefined : innermost + 1 - start;
  const inMultiLine =
    opened === undefined && /^[ \t]*[^\s:]+,?$/.test(text.slice(start, end)) && /[,\]}]$/.test(text.slice(start, end));
  if (opened === undefined && !inMultiLine) return undefined;
  const before = text.slice(start, offset);
  const from = start + valueStart(before, opened ?? 0);
  let depth = 0;
  let to = from;
  for (; to < end; to++) {
    const character = text[to] as string;
    if ('{['.includes(character)) depth++;
    else if ('}]'.includes(character) && --depth < 0) break;
    else if (character === ',' && depth === 0) break;
  }
  const value = text.slice(from, to).trimEnd();
  return value === '' ? undefined : [from, from + value.length];
}

/** After the last comma or first `: ` of the contents of a bracket. */
function valueStart(before: string, from: number): number {
  let depth = 0;
  let start = from;
  for (let at = from; at < before.length; at++) {
    const character = before[at] as string;
    if ('{['.includes(character)) depth++;
    else if ('}]'.includes(character)) depth--;
    else if (depth === 0 && character === ',') start = at + 1;
  }
  const item = before.slice(start);
  return start + (/^\s*(?:[\w-]+|"[^"]*"|'[^']*')\s*:\s+/.exec(item)?.[0].length ?? /^\s*/.exec(item)?.[0].length ?? 0);
}
