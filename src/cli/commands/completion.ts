import { Argument, Command } from 'commander';
import { visible } from '../../report/visible.ts';
import { instead } from '../choice.ts';
import { completionNames } from '../completion-names.ts';
import { complete } from '../completions.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';
import { SHELLS } from '../shells.ts';
import { Unusable } from '../unusable.ts';

const AFTER = `
Commands, options and their values are completed, and what the team here knows: its roles. Where a file is wanted, the shell
completes files.

Examples:
  eval "$(teamc completion bash)"                                        in ~/.bashrc
  eval "$(teamc completion zsh)"                                         in ~/.zshrc, below compinit
  teamc completion fish > ~/.config/fish/completions/teamc.fish          once`;

/** `teamc completion`: what a shell needs to complete command lines of teamc. */
export function completionCommand(io: Io, exit: (code: ExitCode) => void): Command {
  const names = Object.keys(SHELLS);
  const shell = new Argument('<shell>', 'bash, zsh or fish').choices(names).argParser((given: string) => {
    if (names.includes(given)) return given;
    throw new Unusable(`There is no completion for "${given}"; ${instead(given, names)}`);
  });
  return new Command('completion')
    .description('print what makes a shell complete commands, options and role names')
    .addArgument(shell)
    .addHelpText('after', AFTER)
    .action((chosen: keyof typeof SHELLS) => {
      io.stdout.write(SHELLS[chosen]);
      exit(EXIT.fine);
    });
}

/** `teamc complete -- WORDS`: what may stand in the place of the last word, for the shells. */
export function completeCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('complete')
    .argument('[words...]')
    .allowUnknownOption()
    .action((words: string[], _options: object, command: Command) => {
      for (const { value, what } of complete(command.parent!, words, completionNames(io.cwd)))
        io.stdout.write(`${value}${what === undefined ? '' : `\t${oneLine(what)}`}\n`);
      exit(EXIT.fine);
    });
}

/** The beginning of a description, in one line. */
function oneLine(text: string): string {
  const line = visible(text.replaceAll(/\s+/g, ' '));
  return line.length > LONG ? `${line.slice(0, LONG - 1)}…` : line;
}

const LONG = 80;
