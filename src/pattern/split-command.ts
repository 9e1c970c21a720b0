import { BEFORE_COMMANDS, type CommandPart, type Found, giveUp, noteCommand, type Word } from './shell-command.ts';

/** What a shell would run of a line. */
export interface SplitCommand {
  readonly parts: readonly CommandPart[];
  /** The files that output is redirected to, as written; `/dev/null` and its like are no files. */
  readonly writes: readonly string[];
  /** Why the parts may not be all that runs. */
  readonly unsplittable?: string;
}

/** A here-document that is still to come: the line that ends it, and how it is read. */
interface Heredoc {
  readonly end: string;
  readonly indented: boolean;
  readonly literal: boolean;
}

/** A place in a text that is being read. */
interface Reader {
  readonly line: string;
  readonly found: Found;
  readonly heredocs: Heredoc[];
  at: number;
  depth: number;
}

const DEEPEST = 50;
const MOST_SCRIPTS = 100;
/** Commands after which a relative path means another file. */
const MOVES = /^(?:cd|pushd|popd)(?: |$)/;
const NO_FILES = new Set(['/dev/null', '/dev/stdout', '/dev/stderr', '/dev/tty']);
const BLANKS = /(?:[ \t]|\\\n)+/y;
const COMMENT = /#[^\n]*/y;
const OPERATOR = /[\n;&|()]/y;
const WORD_END = /[ \t\n;&|()]|[<>](?!\()/y;
const REDIRECTION = /&>>|&>|<<<|<<-|<<|<>|<&|<|>>|>\||>&|>/y;
const SUBSTITUTION = /[<>]\(/y;

/**
 * Splits a command line as a shell would: at operators and newlines, into subshells, substitutions and the strings given to `sh -c`.
 * A command that holds others is a part as well. Never throws; what it can't follow (`eval`, `$cmd`, an open quote, `case`) it says in
 * `unsplittable`. It and `shell-command.ts` need nothing else, so that a guard can carry them.
 */
export function splitCommand(line: string): SplitCommand {
  const found: Found = { parts: [], writes: [], scripts: [line] };
  for (let at = 0; at < found.scripts.length && at < MOST_SCRIPTS; at += 1) {
    readList({ line: found.scripts[at]!, found, heredocs: [], at: 0, depth: 0 }, '');
  }
  if (found.scripts.length > MOST_SCRIPTS) giveUp(found, 'it holds too many scripts');
  if (
    found.parts.some(({ text, plain }) => MOVES.test(plain ?? text)) &&
    found.writes.some((path) => !path.startsWith('/'))
  )
    giveUp(found, 'it changes the folder, so that the file it writes can be another');
  const { parts, writes, unsplittable } = found;
  return unsplittable === undefined ? { parts, writes } : { parts, writes, unsplittable };
}

/** Reads commands up to the closing parenthesis, or to the end. Recursion is as deep as parentheses nest, and has a limit. */
function readList(reader: Reader, closer: '' | ')'): void {
  reader.depth += 1;
  if (reader.depth > DEEPEST) {
    giveUp(reader.found, 'it is nested too deeply');
    reader.at = reader.line.length;
  }
  const words: Word[] = [];
  for (skipBlanks(reader); reader.at < reader.line.length; skipBlanks(reader)) {
    if (closer && reader.line[reader.at] === closer) break;
    if (matchHere(OPERATOR, reader) && !matchHere(REDIRECTION, reader)) readOperator(reader, words.splice(0));
    else readPiece(reader, words);
  }
  noteCommand(words, reader.found);
  if (reader.at >= reader.line.length) noteOpen(reader, closer);
  reader.at += closer.length;
  reader.depth -= 1;
}

function noteOpen({ heredocs, found }: Reader, closer: '' | ')'): void {
  if (closer) giveUp(found, 'a parenthesis is never closed');
  if (heredocs.length > 0) giveUp(found, 'a here-document is never ended');
}

/** What a sticky pattern matches at the reader's place; empty where it doesn't. */
function matchHere(pattern: RegExp, { line, at }: Reader): string {
  pattern.lastIndex = at;
  return pattern.exec(line)?.[0] ?? '';
}

function skipBlanks(reader: Reader): void {
  reader.at += matchHere(BLANKS, reader).length;
  reader.at += matchHere(COMMENT, reader).length;
}

/** An operator, or a parenthesis: a subshell, or what else it may begin; what that holds is read as far as it makes sense. */
function readOperator(reader: Reader, words: readonly Word[]): void {
  const { line, found } = reader;
  const char = line[reader.at];
  reader.at += 1;
  if (char === '(') {
    if (words.some(({ raw }) => !BEFORE_COMMANDS.has(raw))) giveUp(found, 'it has a function, an array or a pattern');
    if (line[reader.at] === '(') giveUp(found, 'it has arithmetic');
    readList(reader, ')');
    return;
  }
  noteCommand(words, found);
  if (char === ')') giveUp(found, 'a parenthesis is closed that was never opened');
  if (char === '\n') for (const heredoc of reader.heredocs.splice(0)) readHeredoc(reader, heredoc);
}

/** A word or a redirection. */
function readPiece(reader: Reader, words: Word[]): void {
  if (matchHere(REDIRECTION, reader) && !matchHere(SUBSTITUTION, reader)) {
    readRedirection(reader);
    return;
  }
  const word = readWord(reader);
  const isDescriptor = /^(?:\d+|\{\w+\})$/.test(word.raw) && /[<>]/.test(reader.line[reader.at] ?? '');
  if (!isDescriptor) words.push(word);
}

function readRedirection(reader: Reader): void {
  const operator = matchHere(REDIRECTION, reader);
  reader.at += operator.length;
  reader.at += matchHere(BLANKS, reader).length;
  const target = readWord(reader);
  if (target.raw === '') giveUp(reader.found, 'a redirection has no file');
  else if (operator === '<<' || operator === '<<-') {
    const end = target.value ?? target.raw;
    reader.heredocs.push({ end, indented: operator === '<<-', literal: target.quoted });
  } else if (operator.includes('>')) noteWrite(operator, target, reader.found);
}

/** Output to a file, unless it goes to another descriptor or into a command. */
function noteWrite(operator: string, { raw, value, expands }: Word, found: Found): void {
  if (operator === '>&' && /^(?:\d+-?|-)$/.test(raw)) return;
  if (/^[<>]\(/.test(raw) || NO_FILES.has(value ?? '')) return;
  if (value === undefined || expands) giveUp(found, 'output goes to a file that is not spelled out');
  else found.writes.push(value);
}

/** The body of a here-document. Unless its end was quoted, substitutions within it run. */
function readHeredoc(reader: Reader, { end, indented, literal }: Heredoc): void {
  const body: string[] = [];
  while (reader.at < reader.line.length) {
    const newline = reader.line.indexOf('\n', reader.at);
    const stop = newline === -1 ? reader.line.length : newline;
    const text = reader.line.slice(reader.at, stop).replace(indented ? /^\t+/ : '', '');
    reader.at = stop + 1;
    if (text === end) {
      if (!literal) readExpansions({ ...reader, line: body.join('\n'), at: 0, heredocs: [] });
      return;
    }
    body.push(text);
  }
  giveUp(reader.found, 'a here-document is never ended');
}

function readExpansions(reader: Reader): void {
  const word = emptyWord();
  while (reader.at < reader.line.length) readQuotedUnit(reader, word);
}

function emptyWord(): Word {
  return { raw: '', value: '', quoted: false, expands: false };
}

/** Takes characters over into a word: as written, and what they stand for (undefined where that is unknown). */
function take(reader: Reader, word: Word, length: number, value: string | undefined): void {
  word.raw += reader.line.slice(reader.at, reader.at + length);
  word.value = value === undefined || word.value === undefined ? undefined : word.value + value;
  reader.at += length;
}

function readWord(reader: Reader): Word {
  const word = emptyWord();
  while (reader.at < reader.line.length && !matchHere(WORD_END, reader)) readUnit(reader, word);
  return word;
}

function readUnit(reader: Reader, word: Word): void {
  const char = reader.line[reader.at]!;
  switch (char) {
    case '<':
    case '>':
      readSubstitution(reader, word);
      break;
    case "'":
    case '"':
      readQuotation(reader, word, char);
      break;
    case '\\':
      readEscape(reader, word);
      break;
    case '$':
    case '`':
      readExpansion(reader, word, false);
      break;
    default:
      if ('*?[{'.includes(char)) word.expands = true;
      take(reader, word, 1, char);
  }
}

function readEscape(reader: Reader, word: Word): void {
  const next = reader.line[reader.at + 1];
  if (next === '\n') reader.at += 2;
  else {
    if (next === undefined) giveUp(reader.found, 'it ends in a backslash');
    word.quoted = true;
    take(reader, word, 2, next ?? '');
  }
}

function readQuotation(reader: Reader, word: Word, quote: string): void {
  word.quoted = true;
  take(reader, word, 1, '');
  while (reader.at < reader.line.length && reader.line[reader.at] !== quote) {
    if (quote === "'") take(reader, word, 1, reader.line[reader.at]!);
    else readQuotedUnit(reader, word);
  }
  if (reader.at >= reader.line.length) giveUp(reader.found, 'a quote is never closed');
  take(reader, word, 1, '');
}

/** One unit of text inside double quotes. */
function readQuotedUnit(reader: Reader, word: Word): void {
  const [char, next] = [reader.line[reader.at]!, reader.line[reader.at + 1]];
  if (char === '$' || char === '`') readExpansion(reader, word, true);
  else if (char === '\\' && next === '\n') reader.at += 2;
  else if (char === '\\' && next !== undefined && '$`"\\'.includes(next)) take(reader, word, 2, next);
  else take(reader, word, 1, char);
}

/** What a dollar or a backquote introduces. */
function readExpansion(reader: Reader, word: Word, inQuotes: boolean): void {
  const rest = reader.line.slice(reader.at, reader.at + 3);
  if (rest === '$((' || rest.startsWith('$[')) giveUp(reader.found, 'it has arithmetic');
  if (rest[0] === '`') readBackquotes(reader, word);
  else if (rest.startsWith('$(')) readSubstitution(reader, word);
  else if (rest.startsWith('${')) readParameter(reader, word);
  else if (rest.startsWith("$'") && !inQuotes) readDollarQuotation(reader, word);
  else if (rest.startsWith('$"') && !inQuotes) take(reader, word, 1, '');
  else take(reader, word, 1, /^\$[\w@*#?$!-]/.test(rest) ? undefined : '$');
}

/** `$(…)`, `<(…)`, `>(…)`. */
function readSubstitution(reader: Reader, word: Word): void {
  const start = reader.at;
  reader.at += 2;
  readList(reader, ')');
  word.raw += reader.line.slice(start, reader.at);
  word.value = undefined;
}

function readBackquotes(reader: Reader, word: Word): void {
  const closed = matchHere(/`(?:[^`\\]|\\[\s\S])*`/y, reader);
  if (closed === '') giveUp(reader.found, 'a backquote is never closed');
  const whole = closed || reader.line.slice(reader.at);
  reader.found.scripts.push(whole.slice(1, closed ? -1 : undefined).replace(/\\([`$\\])/g, '$1'));
  take(reader, word, whole.length, undefined);
}

/** `${…}`. What it may hold besides a name and plain text is not followed. */
function readParameter(reader: Reader, word: Word): void {
  const whole = matchHere(/\$\{[^`$(){}'"\\\n<>]*\}/y, reader);
  if (whole === '' || whole.includes('@P')) giveUp(reader.found, 'it has an expansion that is not simple');
  take(reader, word, whole.length || 2, undefined);
}

/** `$'…'`, with escapes that are not decoded. */
function readDollarQuotation(reader: Reader, word: Word): void {
  const closed = matchHere(/\$'(?:[^'\\]|\\[\s\S])*'/y, reader);
  if (closed === '') giveUp(reader.found, 'a quote is never closed');
  word.quoted = true;
  take(reader, word, closed.length || reader.line.length, undefined);
}
