import type { CommandPart } from '../../pattern/shell-command.ts';
import { splitCommand } from '../../pattern/split-command.ts';

/** Quotations, escapes, redirections that hold an operator's sign, operators, and other text. */
const TOKEN = /'[^']*'?|"(?:[^"\\]|\\.)*"?|\\.?|&>>?|[<>]&|[;&|\n]+|[^'"\\;&|\n<>]+|[<>]/gs;

/** What the text alone does not show: substitutions, groups, here-documents and words such as `if`. */
const NESTED = /[()`{}]|<<|(?:^|[;&|\n]\s*)(?:(?:if|for|while|until|case|function)\b|!\s)/;

/** What opencode runs without a look at its rules: assignments, declarations, redirections alone, tests, and changes of the folder. */
const UNSEEN =
  /^(?:[A-Za-z_]\w*=\S*(?:\s+[A-Za-z_]\w*=\S*)*|(?:\d*[<>]+\s*\S+\s*)+|\[.*\]|(?:cd|pushd|popd|export|declare|readonly|typeset|local|unset)(?:\s.*)?)$/s;

/** A comment: from a word that begins with `#` to the end of its line. Quotations before it are kept. */
const COMMENT = /('[^']*'|"(?:[^"\\]|\\.)*"|\\.)|(^|[\s;&|(])#[^\n]*/gs;

/** A shell that is given a script: opencode sees the whole, and nothing of the script. */
const SCRIPT = /(?:^|[\s/])(?:sh|bash|dash|zsh|ksh|ash|fish)\s(?:.*\s)?-\w*c\s+(['"])([\s\S]*?)\1/;

/**
 * The texts of a command line that opencode 1.18 matches against its rules: the source of each simple command, with its assignments and
 * redirections, because no rule sees through those. Where commands are nested, the parts that a shell would run.
 */
export function readingsOf(written: string): readonly string[] {
  const line = written.replace(COMMENT, (_, kept?: string, before?: string) => kept ?? before ?? '');
  const texts = NESTED.test(line) ? nestedIn(line) : piecesOf(line);
  return texts.map((text) => text.trim()).filter((text) => text !== '' && !UNSEEN.test(text));
}

function piecesOf(line: string): readonly string[] {
  const pieces = [''];
  for (const token of line.match(TOKEN) ?? []) {
    if (/^[;&|\n]+$/.test(token)) pieces.push('');
    else pieces.push(pieces.pop() + token);
  }
  return pieces;
}

function nestedIn(line: string): readonly string[] {
  const script = SCRIPT.exec(line)?.[2];
  const hidden = new Set(script === undefined ? [] : splitCommand(script).parts.map(({ text }) => text));
  const bodies = line.replace(/(^|[;&|\n]\s*)function\s+[\w-]+(?:\s*\(\s*\))?/g, '$1');
  const { parts } = splitCommand(bodies);
  const seen = parts.filter((part, at) => !hidden.has(part.text) && !isRunBy(part, parts[at - 1]));
  return seen.map(({ text, assignments }) => `${assignments} ${text}`);
}

/** Whether a part is only what the one before it runs: `git push` of `command git push`. */
function isRunBy({ text }: CommandPart, before: CommandPart | undefined): boolean {
  if (!/^(?:command|builtin|exec) /.test(before?.plain ?? before?.text ?? '')) return false;
  return before!.text.slice(before!.text.indexOf(' ') + 1) === text;
}
