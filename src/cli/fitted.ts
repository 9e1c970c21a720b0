/** The widest that help gets, in columns: longer lines are hard to read. */
export const WIDEST_HELP = 100;

/** How far what a command is for goes in where it has to go below its command. */
const BELOW = '      ';

/**
 * Help for a terminal of some width: sentences are broken at blanks, and what stands beside an example goes below it.
 * Examples themselves stay whole, so that they can be copied.
 */
export function fitted(text: string, columns: number): string {
  return text
    .split('\n\n')
    .map((part) => (part.split('\n').some((line) => line.length > columns) ? fittedPart(part, columns) : part))
    .join('\n\n');
}

/** Lines that stand for themselves. */
const HEADING = /^(?:Usage: .*|\w[\w ]*:)$/;

function fittedPart(part: string, columns: number): string {
  const lines: string[] = [];
  let sentence: string[] = [];
  const flush = (): void => {
    if (sentence.length > 0) lines.push(...wrapped(sentence.join(' '), columns));
    sentence = [];
  };
  for (const line of part.split('\n')) {
    if (line !== '' && !line.startsWith(' ') && !HEADING.test(line)) sentence.push(line);
    else {
      flush();
      lines.push(...(line.length > columns ? example(line, columns) : [line]));
    }
  }
  flush();
  return lines.join('\n');
}

function example(line: string, columns: number): readonly string[] {
  const aside = /^ {20,}(\S.*)$/.exec(line)?.[1];
  if (aside !== undefined) return wrapped(aside, columns - BELOW.length).map((text) => BELOW + text);
  const [, command, what] = /^( +\S.*?) {2,}(\S.*)$/.exec(line) ?? [];
  if (command === undefined || what === undefined) return [line];
  return [command, ...wrapped(what, columns - BELOW.length).map((text) => BELOW + text)];
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
