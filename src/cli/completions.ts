import type { Command, Option } from 'commander';

/** Something that may come next, and what it is. */
export interface Candidate {
  readonly value: string;
  readonly what?: string;
}

/** Names that only the team or teamc itself knows; a kind that nobody answers is for the shell to complete: a file. */
export type Names = (kind: string, words: readonly string[]) => readonly Candidate[];

/** A command line up to the word that is being written. */
interface Line {
  readonly command: Command;
  /** Words that are arguments of the command. */
  readonly positional: readonly string[];
  /** The option whose value comes next. */
  readonly waiting: Option | undefined;
}

/**
 * What may stand in the place of the last of some words, the command's name left out. Bash takes `=` for a word of its own,
 * the other shells do not; each gets what fits its way.
 */
export function complete(program: Command, words: readonly string[], names: Names): readonly Candidate[] {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  if (current === '=') return complete(program, [...before, ''], names);
  const equals = before.at(-1) === '=' ? before.slice(0, -1) : before;
  const line = read(program, equals);
  const { command } = line;
  const [, flag, part] = /^(--[\w-]+)=(.*)$/s.exec(current) ?? [];
  const named = flag === undefined ? line.waiting : optionCalled(command, flag);
  if (named && (flag !== undefined || line.waiting)) {
    const values = valuesOf(named, command, words, names);
    const start = flag === undefined ? '' : `${flag}=`;
    return fitting(values, part ?? current).map((each) => ({ ...each, value: start + each.value }));
  }
  if (current.startsWith('-')) return fitting(optionsOf(command), current);
  const below = command.commands.filter((each) => !isHidden(each));
  if (below.length === 0) return fitting(argumentsOf(line, words, names), current);
  return line.positional.length > 0 ? [] : fitting(below.map(asCandidate), current);
}

function read(program: Command, words: readonly string[]): Line {
  let command = program;
  let waiting: Option | undefined;
  const positional: string[] = [];
  for (const word of words) {
    if (waiting) waiting = undefined;
    else if (word.startsWith('-')) {
      const option = optionCalled(command, word);
      waiting = option && (option.required || option.optional) ? option : undefined;
    } else {
      const next: Command | undefined = command.commands.find((each) => each.name() === word);
      if (next) command = next;
      else positional.push(word);
    }
  }
  return { command, positional, waiting };
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

function valuesOf(option: Option, command: Command, words: readonly string[], names: Names): readonly Candidate[] {
  if (option.argChoices) return option.argChoices.map((value) => ({ value }));
  const kind = option.long?.slice(2) ?? '';
  return names(command.name() === 'init' && kind === 'team' ? 'shipped' : kind, words);
}

function argumentsOf({ command, positional }: Line, words: readonly string[], names: Names): readonly Candidate[] {
  const { registeredArguments: all } = command;
  const argument = all[positional.length] ?? (all.at(-1)?.variadic ? all.at(-1) : undefined);
  if (!argument) return [];
  if (argument.argChoices) return argument.argChoices.map((value) => ({ value }));
  return names(`${command.name()} ${argument.name()}`, words);
}

function asCandidate(command: Command): Candidate {
  return { value: command.name(), what: command.description() };
}

function isHidden(command: Command): boolean {
  return (command as unknown as { readonly _hidden?: boolean })._hidden === true;
}

function fitting(candidates: readonly Candidate[], start: string): readonly Candidate[] {
  return candidates.filter(({ value }) => value.startsWith(start));
}
