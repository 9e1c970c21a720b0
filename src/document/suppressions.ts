import { EVENT_ID } from 'js-yaml';
import type { Document, Range } from './document.ts';
import { splitFrontMatter } from './front-matter.ts';
import { attempt } from './yaml/recover.ts';

/** A comment by which an author takes findings upon himself. */
export interface Suppression {
  readonly rules: readonly string[] | 'all';
  /** Why; empty when the author gives no reason. */
  readonly why: string;
  /** The line of the comment, counted from 1. */
  readonly line: number;
  /** The line that it is about. */
  readonly appliesTo: number;
}

const YAML = /^[ \t]*#[ \t]*teamc-ignore\b(?!-)([^:]*)(?::(.*))?$/;
const HTML = /^[ \t]*<!--[ \t]*teamc-ignore\b(?!-)([^:]*?)(?::(.*?))?-->[ \t]*$/;

/**
 * The suppressions in a document: `# teamc-ignore RULE: why` on a line of its own in YAML, and
 * `<!-- teamc-ignore RULE: why -->` in Markdown. Each is about the next line that is neither blank nor a comment like it.
 */
export function suppressions(document: Document): readonly Suppression[] {
  const { text } = document;
  if (!text.includes('teamc-ignore')) return [];
  const [from, to] = document.kind === 'yaml' ? [0, text.length] : (splitFrontMatter(document).yaml ?? [0, 0]);
  const isInText = places(scalarsIn(text, [from, to]));
  const lines = text.split('\n');
  const yaml = { comment: YAML, next: nextLine(lines, /^\s*(?:#.*)?$/) };
  const html = { comment: HTML, next: nextLine(lines, /^\s*(?:<!--[ \t]*teamc-ignore\b.*-->\s*)?$/) };
  const found: Suppression[] = [];
  let offset = 0;
  for (const [index, written] of lines.entries()) {
    const { comment, next } = offset >= from && offset < to && !isInText(offset) ? yaml : html;
    const match = comment.exec(written.trimEnd());
    if (match) found.push({ ...said(match), line: index + 1, appliesTo: next(index) });
    offset += written.length + 1;
  }
  return found;
}

function said([, names = '', why = '']: RegExpExecArray): Pick<Suppression, 'rules' | 'why'> {
  const rules = names.split(/[\s,]+/).filter((rule) => rule !== '');
  return { rules: rules.length === 0 || rules.includes('all') ? 'all' : rules, why: why.trim() };
}

/** The number of the next line that is not skipped, for the index of a line; it is asked of lines in their order. */
function nextLine(lines: readonly string[], skipped: RegExp): (index: number) => number {
  let next = 0;
  return (index) => {
    next = Math.max(next, index + 1);
    while (next < lines.length && skipped.test(lines[next]!)) next++;
    return next < lines.length ? next + 1 : index + 2;
  };
}

/** Whether a place lies in one of some ranges, which follow each other; it is asked of places in their order. */
function places(ranges: readonly Range[]): (place: number) => boolean {
  let next = 0;
  return (place) => {
    while (next < ranges.length && ranges[next]![1] <= place) next++;
    return next < ranges.length && ranges[next]![0] <= place;
  };
}

/** Where text stands in YAML, so that a number sign in it is no comment. */
function scalarsIn(text: string, [start, end]: Range): readonly Range[] {
  const events = attempt(text.slice(start, end));
  if (!Array.isArray(events)) return [];
  return events.flatMap((event) =>
    event.type === EVENT_ID.SCALAR ? [[event.valueStart + start, event.valueEnd + start] as const] : [],
  );
}
