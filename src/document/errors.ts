import { parseDocument, type YAMLParseError } from 'yaml';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { lineEnd } from './cut-off.ts';
import { MAX_DEPTH } from './document.ts';
import { fix, problem, spot } from './problem.ts';
import { type Saying, sentences } from './sentences.ts';
import { unclosedAt } from './unclosed.ts';

/** Beyond this size only the first error is told, in UTF-16 units. */
const MAX_EXPLAINED = 200_000;

/** How many errors of one file are told. */
const MAX_ERRORS = 20;

/** One finding, in a sentence of its own, for every line of a text that YAML can't read. Never empty. */
export function syntaxErrors(
  file: string,
  text: string,
  base: number,
  stop: { readonly offset: number; readonly reason: string },
): readonly Diagnostic[] {
  const at = (from: number, to: number) => spot(file, [from + base, to + base]);
  const known = plainly(stop.reason);
  const offset = Math.min(stop.offset, text.length);
  if (known) return [problem(at(offset, Math.min(offset + 1, text.length)), known.message, { help: known.help })];
  const unclosed = unclosedAt(file, text, base, stop);
  if (unclosed) return [unclosed];
  const problems: Diagnostic[] = [];
  let line: number | undefined;
  for (const error of text.length > MAX_EXPLAINED ? [] : errorsOf(text)) {
    const [from, to] = error.pos;
    const start = text.lastIndexOf('\n', from - 1);
    if (start === line || problems.length === MAX_ERRORS) continue;
    line = start;
    const { message, help, fix: repair, span } = sentences(error.code, error.message, text, [from, to], offset);
    const [first, last] = span ?? [from, Math.max(from, Math.min(to, lineEnd(text, from)))];
    const edits = repair && fix(repair.title, repair.safety, { at: at(...repair.range), text: repair.text });
    problems.push(problem(at(first, last), message, { help, ...edits }));
  }
  if (problems.length > 0) return problems;
  const { message, help } = sentences('IMPOSSIBLE', stop.reason, text, [offset, offset], offset);
  return [problem(at(offset, lineEnd(text, offset)), message, { help })];
}

/** What only js-yaml refuses, or would take the other parser too long to find. */
function plainly(reason: string): Saying | undefined {
  if (reason.startsWith('nesting exceeded'))
    return { message: `Maps and lists nest deeper than ${MAX_DEPTH} levels here.`, help: 'Flatten the file.' };
  if (/non-printable|valid JSON character/.test(reason))
    return {
      message: 'A control character stands here, which YAML does not allow.',
      help: 'Delete it, or write it as an escape in double quotes.',
    };
  if (reason.startsWith('null byte'))
    return { message: 'A NUL character stands here, so the file is not text.', help: 'Save it as UTF-8 text.' };
  return undefined;
}

function errorsOf(text: string): readonly YAMLParseError[] {
  return parseDocument(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false }).errors;
}
