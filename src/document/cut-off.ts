/**
 * Whether a plain value was probably cut off by the ` #` that follows it. Trailing comments are ordinary, so that only
 * clear cases count: a bracket, backtick or quote that the value opens and the comment closes; a number sign before a
 * number (`see issue #12`); the name of a language (`C #`).
 */
export function isCutOff(text: string, start: number, end: number): boolean {
  let at = end;
  while (text[at] === ' ' || text[at] === '\t') at++;
  if (at === end || text[at] !== '#') return false;
  const value = text.slice(start, end);
  return !value.includes('\n') && isCut(value, text.slice(at, lineEnd(text, at)));
}

/** The offset of the end of the line that holds `at`, without its line break and the blanks before it. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  let end = newline === -1 ? text.length : newline;
  while (end > at && /\s/.test(text[end - 1] as string)) end--;
  return end;
}

const PAIRS = ['()', '[]', '{}', '``', '""'] as const;
const BEFORE_NUMBER = /(?:^|[\s(])(?:issues?|bugs?|prs?|tickets?|see|fix(?:es)?|closes?|number|no\.?|and|or)$/i;
const LANGUAGE = /(?:^|[\s,(/])[CFJ]$/;

/** Whether a comment probably belongs to the value before it. */
export function isCut(value: string, comment: string): boolean {
  if (
    PAIRS.some(([open, close]) => isOpen(value, open as string, close as string) && comment.includes(close as string))
  )
    return true;
  if (/^#\d/.test(comment)) return BEFORE_NUMBER.test(value);
  return LANGUAGE.test(value) && /^#(?:$|[,.;:)/]|\s+(?:and|or)\b)/.test(comment);
}

function isOpen(value: string, open: string, close: string): boolean {
  const opened = value.split(open).length - 1;
  return open === close ? opened % 2 === 1 : opened > value.split(close).length - 1;
}
