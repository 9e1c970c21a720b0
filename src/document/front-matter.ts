import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Source } from '../text/source.ts';
import { lineEnd } from './cut-off.ts';
import type { Range } from './document.ts';
import { excerpt, fix, problem, spot } from './problem.ts';
import { attempt } from './yaml/recover.ts';

/** Where a Markdown file keeps its front matter and its body. */
export interface FrontMatter {
  /** The YAML between the fences; undefined when there is none, or it can't be told where it ends. */
  readonly yaml?: Range;
  /** Where the body begins. */
  readonly body: number;
  readonly problem?: Diagnostic;
}

/** Splits a Markdown file at its fences: lines of `---`, of which the first must be the first line of the file. */
export function splitFrontMatter({ path, text }: Source): FrontMatter {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const first = lineAt(text, start);
  const opening = text.slice(...first);
  if (/^---[ \t]*$/.test(opening)) return fenced(path, text, first);
  if (/^(?:---|\+\+\+)/.test(opening)) return oddFence(path, text, first);
  return misplaced(path, text, start);
}

/** A line without its line break and the blanks before that. */
function lineAt(text: string, start: number): Range {
  return [start, lineEnd(text, start)];
}

function nextLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline + 1;
}

/** The next line that is nothing but the given fence. */
function closing(text: string, from: number, fence = /^---[ \t]*\r?$/m): Range | undefined {
  if (from >= text.length) return undefined;
  const match = fence.exec(text.slice(from));
  return match ? [from + match.index, from + match.index + match[0].length] : undefined;
}

function fenced(path: string, text: string, [start, end]: Range): FrontMatter {
  const from = nextLine(text, end);
  const close = closing(text, from);
  if (close) return { yaml: [from, close[0]], body: nextLine(text, close[1]) };
  const blank = /\n[ \t]*\r?\n/.exec(text.slice(from));
  const at = blank ? from + blank.index + 1 : text.length;
  const newline = /\r\n/.test(text) ? '\r\n' : '\n';
  const insert = `${text[at - 1] === '\n' ? '' : newline}---${newline}`;
  const closable = looksLikeKeys(text, from) && Array.isArray(attempt(text.slice(from, at)));
  return {
    body: text.length,
    problem: problem(spot(path, [start, start + 3]), 'The front matter that begins here is never closed.', {
      help: 'Write a line of `---` after its last key.',
      ...(closable
        ? fix('Close the front matter after its last key', 'unsafe', { at: spot(path, [at, at]), text: insert })
        : {}),
    }),
  };
}

/** Whether YAML keys begin at an offset: what tells front matter from a rule between paragraphs. */
function looksLikeKeys(text: string, from: number): boolean {
  return /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*["']?[A-Za-z_][\w-]*["']?[ \t]*:(?:\s|$)/.test(text.slice(from, from + 2000));
}

/** A first line that is more than `---`: a language after it, a comment, a longer fence, or another format's fence. */
function oddFence(path: string, text: string, line: Range): FrontMatter {
  const opening = text.slice(...line);
  const from = nextLine(text, line[1]);
  const fence = /^(-+|\++)/.exec(opening)?.[1] ?? '---';
  const own = fence.startsWith('-') ? undefined : /^\+\+\+[ \t]*\r?$/m;
  const close = closing(text, from, own) ?? (fence.length > 3 ? closing(text, from, /^-{4,}[ \t]*\r?$/m) : undefined);
  const word = /^---(?:[ \t]*)([A-Za-z][\w+-]*)$/.exec(opening)?.[1];
  const language = word && (close || opening === `---${word}`) ? word : undefined;
  if (!language && !(close && (own || looksLikeKeys(text, from)))) return { body: line[0] };
  const edits = [{ at: spot(path, line), text: '---' }];
  if (close) edits.push({ at: spot(path, [close[0], lineEnd(text, close[0])]), text: '---' });
  const { message, repair } = oddity(opening, language, own !== undefined);
  return {
    body: close ? nextLine(text, close[1]) : text.length,
    problem: problem(spot(path, line), message, {
      help: 'Write `---` alone on the first line, YAML below it, and `---` again.',
      ...(repair ? fix('Write `---`', repair, edits[0] as (typeof edits)[0], ...edits.slice(1)) : {}),
    }),
  };
}

function oddity(
  opening: string,
  word: string | undefined,
  toml: boolean,
): { message: string; repair?: 'safe' | 'unsafe' } {
  if (toml) return { message: 'This front matter is TOML, and only YAML between lines of `---` is read.' };
  if (word) {
    const message = `Front matter is read as YAML only, not as ${excerpt(word)}, and nothing in it is ever executed.`;
    return /^ya?ml$/i.test(word) ? { message, repair: 'safe' } : { message };
  }
  if (/^-+$/.test(opening))
    return { message: `Front matter begins with three dashes, and here are ${opening.length}.`, repair: 'safe' };
  return {
    message: `Front matter begins with \`---\` alone on its line, and here \`${excerpt(opening.slice(3))}\` follows.`,
    repair: 'unsafe',
  };
}

/** Blank lines, headings and comments: what people put before front matter by mistake. */
const BEFORE = /^(?:[ \t]*\r?\n|#{1,6}[ \t][^\n]*\n|<!--[\s\S]*?-->[ \t]*\r?\n)+/;

function misplaced(path: string, text: string, start: number): FrontMatter {
  const before = BEFORE.exec(text.slice(start))?.[0] ?? '';
  const fence = start + before.length;
  const from = nextLine(text, fence);
  const close =
    /^---[ \t]*$/.test(text.slice(...lineAt(text, fence))) && before !== '' ? closing(text, from) : undefined;
  if (!close || !looksLikeKeys(text, from)) return { body: start };
  const body = nextLine(text, close[1]);
  const moved = before.trim() === '' ? '' : before;
  const edits = [
    { at: spot(path, [start, fence]), text: '' },
    { at: spot(path, [body, body]), text: moved },
  ] as const;
  return {
    yaml: [from, close[0]],
    body,
    problem: problem(
      spot(path, [fence, fence + 3]),
      `Front matter begins in the first line of a file, and here ${culprit(before)} before it.`,
      {
        rule: 'front-matter-misplaced',
        help: 'Move it to the top of the file; elsewhere `---` is a line across the page.',
        ...fix('Move the front matter to the top', 'safe', ...(moved ? edits : edits.slice(0, 1))),
      },
    ),
  };
}

function culprit(before: string): string {
  const line = before.split(/\r?\n/).find((text) => text.trim() !== '');
  if (line === undefined) return before.split('\n').length > 2 ? 'blank lines stand' : 'a blank line stands';
  return line.startsWith('#') ? 'a heading stands' : 'a comment stands';
}
