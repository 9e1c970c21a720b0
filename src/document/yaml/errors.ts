import { parseDocument, type YAMLParseError } from 'yaml';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { lineEnd } from '../cut-off.ts';
import { MAX_DEPTH } from '../document.ts';
import { fix, problem, spot } from '../problem.ts';
import { type Saying, sentences } from './sentences.ts';
import { unclosedAt } from './unclosed.ts';

/** Beyond this size only the first error is told, in UTF-16 units. */
const MAX_EXPLAINED = 100_000;

/** How many errors of one file are told. */
const MAX_ERRORS = 20;

/** One finding, in a sentence of its own, for every line of a text that YAML can't read. Never empty. */
export function syntaxErrors(
  file: string,
  text: string,
  base: number,
  stop: { readonly offset: number; readonly reason: string },
): readonly Diagnostic[] {
  const within = (offset: number) => Math.min(offset, text.length) + base;
  const at = (from: number, to: number) => spot(file, [within(from), within(to)]);
  const known = plainly(stop.reason, text, stop.offset);
  const offset = Math.min(stop.offset, text.length);
  if (known) return [problem(at(offset, Math.min(offset + 1, text.length)), known.message, { help: known.help })];
  const unclosed = unclosedAt(file, text, base, stop);
  if (unclosed) return [unclosed];
  const problems = (text.length > MAX_EXPLAINED ? [] : firstOfLines(text)).map(({ code, message: detail, pos }) => {
    const { message, help, fix: repair, span } = sentences(code, detail, text, pos, offset);
    const [first, last] = span ?? [pos[0], Math.max(pos[0], Math.min(pos[1], lineEnd(text, pos[0])))];
    const edits = repair && fix(repair.title, repair.safety, { at: at(...repair.range), text: repair.text });
    return problem(at(first, last), message, { help, ...edits });
  });
  if (problems.length > 0) return problems.filter(isFirstAtItsPlace);
  const { message, help } = sentences('IMPOSSIBLE', stop.reason, text, [offset, offset], offset);
  return [problem(at(offset, lineEnd(text, offset)), message, { help })];
}

/** One mistake often makes several errors: of those that are told at one place the first counts. */
function isFirstAtItsPlace({ at }: Diagnostic, index: number, all: readonly Diagnostic[]): boolean {
  return all.findIndex((other) => other.at.span?.[0] === at.span?.[0]) === index;
}

function codeOf(text: string, offset: number): string {
  const code = text.charCodeAt(Math.min(offset, text.length - 1));
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** All errors, as the `yaml` package finds them; none where what nests is too deep for it, as js-yaml stopped before. */
function errorsIn(text: string): readonly YAMLParseError[] {
  const { stackTraceLimit } = Error;
  try {
    // Of thousands of errors, nearly all the time goes into stacks that nobody sees.
    Error.stackTraceLimit = 0;
    return parseDocument(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false }).errors;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The first error of each line. */
function firstOfLines(text: string): readonly YAMLParseError[] {
  const found: YAMLParseError[] = [];
  let next = -1;
  for (const error of errorsIn(text)) {
    if (error.pos[0] < next || found.length === MAX_ERRORS) continue;
    found.push(error);
    const newline = text.indexOf('\n', error.pos[0]);
    next = newline === -1 ? text.length + 1 : newline + 1;
  }
  return found;
}

/** What only js-yaml refuses, or would take the other parser too long to find. */
function plainly(reason: string, text: string, offset: number): Saying | undefined {
  if (reason.startsWith('nesting exceeded'))
    return { message: `Maps and lists nest deeper than ${MAX_DEPTH} levels here.`, help: 'Flatten the file.' };
  if (/non-printable|valid JSON character/.test(reason))
    return {
      message: `The character ${codeOf(text, offset)} is not allowed in YAML.`,
      help: 'Delete it, or write it as an escape in double quotes.',
    };
  if (reason.startsWith('directives end'))
    return {
      message: 'A line that begins with `%` is a YAML directive, and a line of `---` must follow it.',
      help: 'Remove the directive: every file is read as YAML 1.2.',
    };
  if (reason.startsWith('null byte'))
    return { message: 'A NUL character stands here, so the file is not text.', help: 'Save it as UTF-8 text.' };
  return undefined;
}
