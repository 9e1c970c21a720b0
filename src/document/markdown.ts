import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { keyOf } from '../text/place.ts';
import type { Source } from '../text/source.ts';
import { type Document, MAX_FILE_SIZE, type Range } from './document.ts';
import { splitFrontMatter } from './front-matter.ts';
import { problem, spot } from './problem.ts';
import { parseYaml, type Reading, tooLarge } from './yaml/yaml.ts';

/**
 * Reads a Markdown file: its front matter is the data, and its body the value `instructions`,
 * without one leading line break and the white space at its end.
 */
export function readMarkdown(source: Source): Document {
  const { path, text } = source;
  if (text.length > MAX_FILE_SIZE)
    return markdown(source, undefined, [problem(spot(path, [0, 0]), tooLarge(text.length))]);
  if (text.trim() === '') {
    const help = 'Write front matter and instructions, or remove the file.';
    return markdown(source, undefined, [problem(spot(path, [0, 0]), 'The file is empty.', { help })]);
  }
  const { yaml, body, problem: fence } = splitFrontMatter(source);
  const reading = yaml && parseYaml(source, yaml, { what: 'The front matter', root: 'map' });
  const instructions = bodyOf(text, body);
  const problems = [...(fence ? [fence] : []), ...(reading?.problems ?? []), ...twice(path, reading, instructions)];
  const unreadable = (fence && !yaml) || (reading?.data === undefined && (reading?.problems.length ?? 0) > 0);
  const data = unreadable ? undefined : dataOf(reading, instructions && text.slice(...instructions));
  return markdown(source, data, problems, reading, instructions);
}

function markdown(
  source: Source,
  data: unknown,
  problems: readonly Diagnostic[],
  reading?: Reading,
  instructions?: Range,
): Document {
  const document: Document = {
    path: source.path,
    text: source.text,
    kind: 'markdown',
    data,
    problems,
    range(place) {
      if (place.span) return place.span;
      if (instructions && place.pointer[0] === 'instructions') return instructions;
      return reading?.locate(place) ?? [0, source.text.length];
    },
    origin: (place) => ({ document, place }),
  };
  return document;
}

function dataOf(reading: Reading | undefined, instructions: string | undefined): unknown {
  // Front matter of nothing but a tag is an empty text.
  const data = (reading?.data || {}) as Record<string, unknown>;
  if (instructions !== undefined) data['instructions'] = instructions;
  return data;
}

function bodyOf(text: string, from: number): Range | undefined {
  const start = from + (/^\r?\n/.exec(text.slice(from, from + 2))?.[0].length ?? 0);
  const body = text.slice(start).trimEnd();
  return body === '' ? undefined : [start, start + body.length];
}

/** Instructions stand below the front matter or in it, not both. */
function twice(path: string, reading: Reading | undefined, body: Range | undefined): Diagnostic[] {
  if (!body || !reading?.data || !Object.hasOwn(reading.data, 'instructions')) return [];
  const at = keyOf({ file: path, pointer: ['instructions'] });
  const span = reading.locate(at);
  return [
    problem(span ? { ...at, span } : at, 'The instructions are written twice: in the front matter and below it.', {
      related: [{ at: { file: path, pointer: ['instructions'] }, message: 'The body of the file stands here.' }],
      help: 'Keep one of the two; the body is what counts.',
    }),
  ];
}
