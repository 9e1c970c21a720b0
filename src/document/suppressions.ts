import { EVENT_ID } from 'js-yaml';
import type { Document, Range } from './document.ts';
import { splitFrontMatter } from './front-matter.ts';
import { attempt } from './recover.ts';

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
  const yaml = document.kind === 'yaml' ? ([0, text.length] as const) : (splitFrontMatter(document).yaml ?? [0, 0]);
  const scalars = scalarsIn(text, yaml);
  const lines = text.split('\n');
  const found: Suppression[] = [];
  let offset = 0;
  for (const [index, written] of lines.entries()) {
    const start = offset;
    offset += written.length + 1;
    const inYaml = start >= yaml[0] && start < yaml[1] && !scalars.some(([from, to]) => from <= start && start < to);
    const match = (inYaml ? YAML : HTML).exec(written.trimEnd());
    if (!match) continue;
    const rules = (match[1] ?? '').split(/[\s,]+/).filter((rule) => rule !== '');
    found.push({
      rules: rules.length === 0 || rules.includes('all') ? 'all' : rules,
      why: (match[2] ?? '').trim(),
      line: index + 1,
      appliesTo: nextLine(lines, index, inYaml),
    });
  }
  return found;
}

function nextLine(lines: readonly string[], index: number, inYaml: boolean): number {
  const skipped = inYaml ? /^\s*(?:#.*)?$/ : /^\s*(?:<!--[ \t]*teamc-ignore\b.*-->\s*)?$/;
  const next = lines.findIndex((line, at) => at > index && !skipped.test(line));
  return next === -1 ? index + 2 : next + 1;
}

/** Where text stands in YAML, so that a number sign in it is no comment. */
function scalarsIn(text: string, [start, end]: Range): readonly Range[] {
  const events = attempt(text.slice(start, end));
  if (!Array.isArray(events)) return [];
  return events.flatMap((event) =>
    event.type === EVENT_ID.SCALAR ? [[event.valueStart + start, event.valueEnd + start] as const] : [],
  );
}
