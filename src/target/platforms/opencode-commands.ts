import { splitCommand } from '../../pattern/split-command.ts';

/** Quotations, escapes, redirections that hold an operator's sign, operators, and other text. */
const TOKEN = /'[^']*'?|"(?:[^"\\]|\\.)*"?|\\.?|&>>?|[<>]&|[;&|\n]+|[^'"\\;&|\n<>]+|[<>]/gs;

/** What the text alone does not show: substitutions, groups, here-documents and words such as `if`. */
const NESTED = /[()`{}]|<<|(?:^|[;&|\n]\s*)(?:if|for|while|until|case|function|!|time)\b/;

/** What opencode runs without a look at its rules: bare assignments, tests, and changes of the folder. */
const UNSEEN = /^(?:[A-Za-z_]\w*=\S*|\[.*\]|(?:cd|pushd|popd)(?:\s.*)?)$/s;

/** A shell that is given a script: opencode sees the whole, and nothing of the script. */
const SCRIPT = /(?:^|[\s/])(?:sh|bash|dash|zsh|ksh|ash|fish)\s(?:.*\s)?-\w*c\s+(['"])([\s\S]*?)\1/;

/**
 * The texts of a command line that opencode 1.18 matches against its rules: the source of each simple command, with its assignments and
 * redirections, because no rule sees through those. Where commands are nested, the parts that a shell would run.
 */
export function readingsOf(line: string): readonly string[] {
  const texts = NESTED.test(line) ? nestedIn(line) : piecesOf(line);
  return texts.map((text) => text.trim()).filter((text) => text !== '' && !text.startsWith('#') && !UNSEEN.test(text));
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
  return splitCommand(line).parts.flatMap(({ text }) => (hidden.has(text) ? [] : [text]));
}
