import type { Command, Option } from 'commander';

/** Something that may come next, and what it is. */
export interface Candidate {
  readonly value: string;
  readonly what?: string;
}

/** What a command line says before the word that is being written. */
export interface Given {
  /** The name of the command. */
  readonly command: string;
  /** Words that are arguments of the command. */
  readonly positional: readonly string[];
  /** By their long names, the options that have a value, the last where one is given several times. */
  readonly options: ReadonlyMap<string, string>;
}

/**
 * Names that only the team or teamc itself knows, for a word that begins in some way; a kind that nobody answers is for the
 * shell to complete: a file.
 */
export type Names = (kind: string, given: Given, start: string) => readonly Candidate[];

/** A command line up to the word that is being written. */
interface Line {
  readonly command: Command;
  readonly given: Given;
  /** The option whose value comes next. */
  readonly waiting: Option | undefined;
}

/** What may stand in the place of the last of some words, the command's name left out. */
export function complete(program: Command, words: readonly string[], names: Names): readonly Candidate[] {
  const { before, current, said } = written(words);
  const line = read(program, before);
  const { command, given } = line;
  const [, flag, part] = /^(--[\w-]+)=(.*)$/s.exec(current) ?? [];
  const named = flag === undefined ? line.waiting : optionCalled(command, flag);
  if (named) {
    const values = valuesOf(named, command, (kind) => names(kind, given, part ?? current));
    const start = flag === undefined ? '' : `${flag}=`;
    return fitting(values, part ?? current).map(({ value, ...more }) => ({
      ...more,
      value: (start + value).slice(said),
    }));
  }
  if (current.startsWith('-')) return fitting(optionsOf(command), current);
  const below = command.commands.filter((each) => !isHidden(each));
  if (below.length === 0)
    return fitting(
      argumentsOf(line, (kind) => names(kind, given, current)),
      current,
    );
  return given.positional.length > 0 ? [] : fitting(below.map(asCandidate), current);
}

/**
 * The words as they were written: bash takes `=` for a word of its own. `said` is how much of the last word bash does not
 * want to hear again.
 */
function written(words: readonly string[]): {
  readonly before: readonly string[];
  readonly current: string;
  readonly said: number;
} {
  const [last = '', equals, name = ''] = (words.at(-1) === '=' ? [...words, ''] : words).toReversed();
  const before = words.slice(0, words.at(-1) === '=' ? -2 : -3);
  if (equals !== '=') return { before: words.slice(0, -1).filter((word) => word !== '='), current: last, said: 0 };
  const rest = before.filter((word) => word !== '=');
  if (name.startsWith('--')) return { before: [...rest, name], current: last, said: 0 };
  return { before: rest, current: `${name}=${last}`, said: name.length + 1 };
}

function read(program: Command, words: readonly string[]): Line {
  let command = program;
  let waiting: Option | undefined;
  const positional: string[] = [];
  const options = new Map<string, string>();
  for (const word of words) {
    const next: Command | undefined = command.commands.find((each) => each.name() === word);
    if (waiting) options.set(waiting.long ?? '', word);
    else if (!word.startsWith('-') && !next) positional.push(word);
    else if (next) command = next;
    const [, flag, value] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? [];
    if (flag !== undefined && value !== undefined && !waiting) options.set(flag, value);
    waiting = waiting ? undefined : withValue(optionCalled(command, word));
  }
  return { command, given: { command: command.name(), positional, options }, waiting };
}

function withValue(option: Option | undefined): Option | undefined {
  return option?.required || option?.optional ? option : undefined;
}

function optionCalled(command: Command, flag: string): Option | undefined {
  return visibleOptions(command).find(({ long, short }) => long === flag || short === flag);
}

/** A command's options and those of all commands above it. */
function visibleOptions(command: Command): readonly Option[] {
  const above = command.parent ? visibleOptions(command.parent) : [];
  return [...command.createHelp().visibleOptions(command), ...above].filter(({ hidden }) => !hidden);
}

function optionsOf(command: Command): readonly Candidate[] {
  const found = visibleOptions(command).flatMap(({ long, description }) =>
    long ? [{ value: long, what: description }] : [],
  );
  return [...new Map(found.map((each) => [each.value, each])).values()];
}

function valuesOf(
  option: Option,
  command: Command,
  names: (kind: string) => readonly Candidate[],
): readonly Candidate[] {
  if (option.argChoices) return option.argChoices.map((value) => ({ value }));
  const kind = option.long?.slice(2) ?? '';
  return names(command.name() === 'init' && kind === 'team' ? 'shipped' : kind);
}

function argumentsOf({ command, given }: Line, names: (kind: string) => readonly Candidate[]): readonly Candidate[] {
  const { registeredArguments: all } = command;
  const argument = all[given.positional.length] ?? (all.at(-1)?.variadic ? all.at(-1) : undefined);
  if (!argument) return [];
  if (argument.argChoices) return argument.argChoices.map((value) => ({ value }));
  return names(`${command.name()} ${argument.name()}`);
}

function asCandidate(command: Command): Candidate {
  return { value: command.name(), what: command.description() };
}

function isHidden(command: Command): boolean {
  return (command as unknown as { readonly _hidden?: boolean })._hidden === true;
}

/** The candidates that begin as the word does, else those whose last segment does: a role goes by that too. */
function fitting(candidates: readonly Candidate[], start: string): readonly Candidate[] {
  const exact = candidates.filter(({ value }) => value.startsWith(start));
  return exact.length > 0 ? exact : candidates.filter(({ value }) => value.includes(`/${start}`));
}
