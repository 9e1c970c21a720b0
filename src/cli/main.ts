import { Command, CommanderError } from 'commander';
import { packageVersion } from '../workspace/package.ts';
import { lintCommand } from './commands/lint.ts';
import { Unusable } from './unusable.ts';

/** Exit codes of every command. */
export const EXIT = { fine: 0, finding: 1, unusable: 2, inconclusive: 3 } as const;

/** Runs the command line and answers the exit code. A user's mistake is one sentence on stderr and code 2. */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('teamc')
    .description('The compiler for teams of AI agents: one source, checked, proved and emitted for each platform.')
    .version(packageVersion(), '--version', 'print the version')
    .option('--cwd <dir>', 'work in this folder')
    .option('--color <when>', 'auto, always or never (NO_COLOR is respected)', 'auto')
    .option('-q, --quiet', 'print results only')
    .option('--verbose', 'say more on stderr')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'teamc: ')) });
  let code: number = EXIT.fine;
  for (const command of [lintCommand])
    program.addCommand(command((exit) => {
      code = exit;
    }));
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.unusable;
    if (error instanceof Unusable) {
      process.stderr.write(`teamc: ${error.message}\n`);
      return EXIT.unusable;
    }
    throw error;
  }
}
