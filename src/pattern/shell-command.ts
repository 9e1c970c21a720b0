/** One simple command of a line. */
export interface CommandPart {
  /** Its words with one blank between them, as written, without leading assignments and redirections; empty if it is only assignments. */
  readonly text: string;
  /** The same without needless quotes and backslashes, where that differs: `"git" push` also runs git. */
  readonly plain?: string;
  /** The assignments before it as written, with one blank between them (`FOO=1` of `FOO=1 npm test`); empty if there are none. */
  readonly assignments: string;
}

/** What is gathered over a line and the scripts within it. */
export interface Found {
  readonly parts: CommandPart[];
  readonly writes: string[];
  readonly scripts: string[];
  unsplittable?: string;
}

/** A word as written, and what it stands for where no expansion is needed to know. */
export interface Word {
  raw: string;
  value: string | undefined;
  quoted: boolean;
  /** An unquoted `*`, `?`, `[` or `{`: it may stand for other words. */
  expands: boolean;
}

/** Words that only introduce or end a command. */
export const BEFORE_COMMANDS = new Set('if then else elif while until do ! { } time fi done'.split(' '));
const NOT_READ = new Set(['case', 'esac', 'function', 'select', 'coproc', '[[']);
const RUN_TEXT = new Set(['eval', 'trap']);
const RUN_REST = new Set(['command', 'builtin', 'exec']);
const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash', 'fish']);
const RUNNERS = new Set(['sudo', 'doas', 'env', 'nohup', 'xargs']);
const MOST_READINGS = 5;
const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/;

/** Notes the first reason why the parts may not be all that runs. */
export function giveUp(found: Found, reason: string): void {
  found.unsplittable ??= reason;
}

/** The words of one command are together: notes it, and what it gives to shells to run. */
export function noteCommand(words: readonly Word[], found: Found): void {
  let from = 0;
  while (from < words.length && introduces(words, from)) from += 1;
  if (words[from]?.raw === 'for') return;
  if (NOT_READ.has(words[from]?.raw ?? '')) giveUp(found, `it has ${words[from]!.raw}`);
  const first = from;
  while (from < words.length && ASSIGNMENT.test(words[from]!.raw)) from += 1;
  const assignments = rawOf(words.slice(first, from));
  if (from === words.length && assignments !== '') found.parts.push({ text: '', assignments });
  noteReadings(words.slice(from), assignments, found);
}

/** A command, and the one that it only runs: `command git push`. */
function noteReadings(words: readonly Word[], assignments: string, found: Found): void {
  for (let from = 0; from < words.length; from += 1) {
    const command = words.slice(from);
    found.parts.push(partOf(command, assignments));
    seeWhatRuns(command, found);
    if (!RUN_REST.has(command[0]!.value ?? '') || command[1]?.raw.startsWith('-')) return;
    if (from < MOST_READINGS) continue;
    giveUp(found, 'it runs a command that runs a command, too many times');
    return;
  }
}

/** Whether a word only stands before a command: `if`, `{`, `time -p`. */
function introduces(words: readonly Word[], at: number): boolean {
  return BEFORE_COMMANDS.has(words[at]!.raw) || (words[at]!.raw === '-p' && words[at - 1]?.raw === 'time');
}

function rawOf(words: readonly Word[]): string {
  return words.map(({ raw }) => raw).join(' ');
}

function partOf(words: readonly Word[], assignments: string): CommandPart {
  const text = rawOf(words);
  const plain = words.map(plainOf).join(' ');
  return plain === text ? { text, assignments } : { text, plain, assignments };
}

/** A word without its quotes, where they keep nothing from the shell. */
function plainOf({ raw, value, quoted }: Word): string {
  return quoted && value !== undefined && /^[\w./:=@%+,-]+$/.test(value) ? value : raw;
}

function seeWhatRuns(words: readonly Word[], found: Found): void {
  const name = words[0]!;
  if (name.value === undefined || (name.expands && name.raw !== '[')) giveUp(found, 'a command is not spelled out');
  else if (RUN_TEXT.has(name.value)) giveUp(found, `${name.value} runs what it is given`);
  for (const [at, { value }] of words.entries()) {
    if (value !== undefined && SHELLS.has(value.slice(value.lastIndexOf('/') + 1))) readShell(words, at + 1, found);
  }
}

/** The arguments of a shell: with `-c` among its options, the first argument after them is a script. */
function readShell(words: readonly Word[], from: number, found: Found): void {
  let at = from;
  let takesScript = false;
  const option = (): string | undefined => /^[-+](?!-?$).*/.exec(words[at]?.value ?? '')?.[0];
  for (let one = option(); one; one = option()) {
    if (/^[-+]\w*c/.test(one)) takesScript = true;
    at += /^(?:[-+][A-Za-z]*[oO]|--rcfile|--init-file)$/.test(one) ? 2 : 1;
  }
  if (words[at]?.value === '--' || words[at]?.value === '-') at += 1;
  const argument = words[at];
  const isRun = from === 1 || RUNNERS.has(words[from - 2]?.value ?? '');
  if (!argument && isRun) giveUp(found, 'a shell runs what it reads');
  else if (argument && argument.value === undefined) giveUp(found, 'a shell is given what is not spelled out');
  else if (argument?.value !== undefined && takesScript) found.scripts.push(argument.value);
}
