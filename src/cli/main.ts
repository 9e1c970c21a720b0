import { Command, CommanderError, type Option } from 'commander';
import { folded } from '../report/folded.ts';
import { visible } from '../report/visible.ts';
import { packageVersion } from '../workspace/package.ts';
import { addCommand } from './commands/add.ts';
import { buildCommand } from './commands/build.ts';
import { canCommand } from './commands/can.ts';
import { compareCommand } from './commands/compare.ts';
import { completeCommand, completionCommand } from './commands/completion.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explainCommand } from './commands/explain.ts';
import { graphCommand } from './commands/graph.ts';
import { importCommand } from './commands/import.ts';
import { initCommand } from './commands/init.ts';
import { lintCommand } from './commands/lint.ts';
import { lspCommand } from './commands/lsp.ts';
import { pathsCommand } from './commands/paths.ts';
import { renameCommand } from './commands/rename.ts';
import { schemaCommand } from './commands/schema.ts';
import { simulateCommand } from './commands/simulate.ts';
import { crashSentence } from './crash.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { fitted, WIDEST_HELP } from './fitted.ts';
import { addGlobals } from './globals.ts';
import type { Io } from './io.ts';
import { Unusable } from './unusable.ts';
import { usageSentence } from './usage.ts';

/** Makes a command that hands over the exit code when it is done. */
export type CommandMaker = (io: Io, exit: (code: ExitCode) => void) => Command;

const AFTER = `
Examples:
  teamc lint                        the team in this folder or above it, else all below teams/
  teamc lint teams/backend-guild    one team
  teamc lint --help                 more about a command

Exit codes: 0 fine, 1 findings, 2 the input or the arguments can't be used, 3 a limit was reached before an answer.`;

/** Runs the command line and answers the exit code. Whatever keeps it from an answer is one sentence on stderr. */
export async function main(
  argv: readonly string[],
  outer: Io,
  makers: readonly CommandMaker[] = makersFor(argv),
): Promise<ExitCode> {
  const io = foldingTalk(outer);
  let code: ExitCode = EXIT.fine;
  const program = programOf(io);
  const exit = (given: ExitCode): void => {
    code = given;
  };
  for (const make of makers)
    program.addCommand(inheriting(make(io, exit), program), { hidden: make === completeCommand });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.fine;
    const text = sentence(error, program, argv);
    if (text !== '') io.stderr.write(`${text}\n`);
    return EXIT.unusable;
  }
}

/** The same world, in which talk fits the terminal. A line that is written over, as progress is, stays a line. */
function foldingTalk(io: Io): Io {
  if (io.columns === undefined) return io;
  const write = (text: string): void =>
    io.stderr.write(io.talksToTerminal && !text.includes('\r') ? folded(text, io) : text);
  // Not a copy: that would open stdin.
  return Object.create(io, { stderr: { value: { write } } }) as Io;
}

const COMMANDS: Readonly<Record<string, CommandMaker>> = {
  init: initCommand,
  lint: lintCommand,
  build: buildCommand,
  import: importCommand,
  can: canCommand,
  compare: compareCommand,
  paths: pathsCommand,
  explain: explainCommand,
  graph: graphCommand,
  simulate: simulateCommand,
  lsp: lspCommand,
  schema: schemaCommand,
  add: addCommand,
  rename: renameCommand,
  doctor: doctorCommand,
  completion: completionCommand,
  complete: completeCommand,
};

/** The command that comes first, which spares the others their start; all of them when something else does. */
function makersFor([first = '']: readonly string[]): readonly CommandMaker[] {
  return Object.hasOwn(COMMANDS, first) && first !== 'complete' ? [COMMANDS[first]!] : Object.values(COMMANDS);
}

/** A command, and those below it, that speak and end as the program does. */
function inheriting(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const each of command.commands) inheriting(each, command);
  return command;
}

function programOf(io: Io): Command {
  const program = new Command('teamc')
    .description('The compiler for teams of AI agents: one source, checked, proved and emitted for each platform.')
    .version(packageVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'say what a command does, with examples')
    .helpCommand(false)
    .addHelpText('after', AFTER)
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true, visibleGlobalOptions: globalOptions })
    .configureOutput({
      writeOut: (text) => io.stdout.write(io.columns === undefined ? text : fitted(text, io.columns)),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => {},
      getOutHelpWidth: () => Math.min(WIDEST_HELP, io.columns ?? WIDEST_HELP),
      getErrHelpWidth: () => WIDEST_HELP,
    })
    .exitOverride();
  return addGlobals(program);
}

/** The options of the program, for the help of all below it; those of a command are no matter of the ones below that. */
function globalOptions({ parent }: Command): Option[] {
  if (!parent) return [];
  return parent.parent ? globalOptions(parent) : [...parent.options];
}

/** The commands that a line names, one below the other. */
function commandOf({ commands }: Command, argv: readonly string[]): readonly Command[] {
  const command = commands.find((each) => argv.includes(each.name()));
  return command ? [command, ...commandOf(command, argv)] : [];
}

function sentence(error: unknown, program: Command, argv: readonly string[]): string {
  if (error instanceof Unusable) return visible(`teamc: ${error.message}`);
  if (!(error instanceof CommanderError)) return crashSentence(error, argv.includes('--verbose'));
  const command = commandOf(program, argv);
  const said = usageSentence(
    error,
    ['teamc', ...command.map((each) => each.name())].join(' '),
    command.at(-1)?.usage(),
  );
  return said && visible(`teamc: ${said}`);
}
