/**
 * A line of a Markdown text, as far as its first marks tell: what follows them begins at `start`. Inline marks are left
 * in. One pass over the text, whatever stands in it: a full parser is ten times slower and knows no labels either.
 */
export interface Line {
  /** `comment` is an indented line of `# …`, which people write into lists as they do in YAML. */
  readonly kind: 'heading' | 'item' | 'row' | 'text' | 'comment' | 'code' | 'blank';
  /** The level of a heading, the columns before the mark of an item or a text. */
  readonly depth: number;
  /** Offsets of the content in the text, without white space around it. */
  readonly start: number;
  readonly end: number;
}

/** Splits a Markdown text into lines. Lines between fences are `code`, the fences themselves too. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let fence: string | undefined;
  for (let at = 0; at <= text.length; ) {
    const newline = text.indexOf('\n', at);
    const stop = newline === -1 ? text.length : newline;
    const line = lineAt(text, at, stop);
    const mark = fenceMark(text, line.start, line.end);
    if (fence !== undefined) {
      if (mark?.startsWith(fence) && line.end - line.start === mark.length) fence = undefined;
      lines.push({ ...line, kind: 'code' });
    } else if (mark) {
      fence = mark;
      lines.push({ ...line, kind: 'code' });
    } else lines.push(line);
    if (newline === -1) break;
    at = newline + 1;
  }
  return lines;
}

function lineAt(text: string, from: number, stop: number): Line {
  const { start, depth } = indentation(text, from, stop);
  let end = stop;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  if (start === end) return { kind: 'blank', depth: 0, start, end };
  if (text[start] === '|') return { kind: 'row', depth, start, end };
  if (text[start] === '#') return heading(text, start, end, depth) ?? { kind: 'text', depth, start, end };
  const after = markerEnd(text, start, end);
  return after === undefined ? { kind: 'text', depth, start, end } : { kind: 'item', depth, start: after, end };
}

/** How far a line is indented; the marks of a quotation count as blanks. */
function indentation(text: string, from: number, stop: number): { start: number; depth: number } {
  let depth = 0;
  for (let start = from; start < stop; start++) {
    const unit = text.charCodeAt(start);
    if (unit === TAB) depth += 4;
    else if (unit === SPACE || unit === NO_BREAK || unit === QUOTE) depth++;
    else return { start, depth };
  }
  return { start: stop, depth };
}

const [TAB, SPACE, NO_BREAK, QUOTE] = [9, 32, 160, 62];

function isBlank(unit: number): boolean {
  return unit === SPACE || unit === TAB || unit === 13 || unit === NO_BREAK;
}

function heading(text: string, start: number, end: number, indent: number): Line | undefined {
  let depth = 0;
  while (depth < 7 && text[start + depth] === '#') depth++;
  if (depth > 6 || !isBlank(text.charCodeAt(start + depth))) return undefined;
  let from = start + depth;
  while (from < end && isBlank(text.charCodeAt(from))) from++;
  let to = end;
  while (to > from && text[to - 1] === '#') to--;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return { kind: indent > 0 ? 'comment' : 'heading', depth, start: from, end: to };
}

/** Where the content of a list item begins, if a line begins with the mark of one. */
function markerEnd(text: string, start: number, end: number): number | undefined {
  let at = start;
  if ('-*+•–◦▪'.includes(text[at] as string)) at++;
  else {
    while (at < end && at - start < 9 && isDigit(text.charCodeAt(at))) at++;
    if (at === start || !/[.)]/.test(text[at] ?? '')) return undefined;
    at++;
  }
  if (at < end && !isBlank(text.charCodeAt(at))) return undefined;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

/** The run of back-ticks or tildes that a line begins with, if it can open or close a block of code. */
function fenceMark(text: string, start: number, end: number): string | undefined {
  const mark = text[start];
  if (mark !== '`' && mark !== '~') return undefined;
  let at = start;
  while (at < end && text[at] === mark) at++;
  if (at - start < 3) return undefined;
  if (mark === '`' && text.slice(at, Math.min(end, at + 200)).includes('`')) return undefined;
  return text.slice(start, at);
}
