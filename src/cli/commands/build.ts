import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { Trace } from '../../workspace/trace.ts';
import { again } from '../again.ts';
import { type Options, REQUIRABLE } from '../build/options.ts';
import { Build } from '../build/run.ts';
import { choice } from '../choice.ts';
import type { ExitCode } from '../exit.ts';
import { globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { rememberedLater } from '../remembered.ts';
import { Unusable } from '../unusable.ts';

const AFTER = `
What teamc writes it remembers in .teamc/<team>.json, beside the files. A file that it did not write, or that somebody
changed since, is shown with a diff, and then nothing at all is written. In files that people share with it, such as
.claude/settings.json, opencode.json and .roomodes, it changes only its own entries. Files of roles that are gone go.

A team with errors is not built, and --force does not help: it only lets teamc overwrite and delete files.

Examples:
  teamc build                                       the team in this folder or above it
  teamc build teams/backend-guild --target opencode --target roo
  teamc build --check                               in CI: is what is committed what the team says?
  teamc build --dry-run                             which files would be written and removed
  teamc build --require guarded --target opencode   fail unless every limit of every role is enforced
  teamc build --as plugin --out dist/plugin         a plugin of Claude Code, with its guard
  teamc build --targets targets --target notes      a target of your own, from the folder targets/notes
  teamc build --user                                into ~/.claude, for all your projects
  teamc build --watch                               again and again, while you write
  teamc build --clean                               take everything out again that is teamc's`;

/** `teamc build`: writes the files that each platform wants. */
export function buildCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('build')
    .description('write the files that each platform wants, and say what is not enforced there')
    .argument('[path]', 'a team folder, its team file, or a file inside a team')
    .option('-t, --target <name>', 'a platform; may be given again (default: those in team.yaml, else all)', more)
    .option('--targets <dir>', 'a folder with targets of your own')
    .option('--as <form>', 'another form of a platform: plugin, for Claude Code')
    .option('--user', "write into Claude Code's own folder of this user, for all projects")
    .option('-o, --out <dir>', 'the folder to write into (default: the working folder)')
    .option('--check', 'write nothing; exit 1 with a diff if the files are not what the team says')
    .option('--dry-run', 'write nothing; list what would be written and removed')
    .option('--clean', "remove everything that is teamc's")
    .option('--force', 'overwrite and delete files that teamc did not write or that were changed since')
    .addOption(choice('--require <level>', 'fail where a limit is carried below this level', REQUIRABLE))
    .option('--report <file>', 'write how each feature of each role is carried to a file, as JSON')
    .option('--watch', 'go on, and build again whenever something changes')
    .addOption(choice('-f, --format <format>', 'how to report', ['pretty', 'json']).default('pretty'))
    .option('--no-cache', 'look at everything anew, and keep nothing in the cache')
    .addHelpText('after', AFTER)
    .action(async (path: string | undefined, given: Options, command: Command) => {
      const options = given.user ? forUser(given, io) : given;
      const cwd = resolve(io.cwd, command.optsWithGlobals<{ cwd?: string }>().cwd ?? '.');
      const globals = globalsOf(command, io);
      const said = {};
      const run = (heard: Io, trace?: Trace) => new Build({ options, globals, io: heard, cwd, trace, said }).run(path);
      if (options.watch) exit(await again(() => run(io), globals, io, options.targets ? [options.targets] : []));
      else exit(await (isRepeatable(options) ? rememberedLater(io, globals.disk, run) : run(io)));
    });
}

/** What `--user` means: Claude Code's form for a user, in the folder where it looks for what is a user's. */
function forUser(options: Options, { env }: Io): Options {
  const other = (['as', 'out'] as const).find((name) => options[name] !== undefined);
  if (other) throw new Unusable(`--user goes without --${other}: it says both the form and the folder.`);
  const out = env['CLAUDE_CONFIG_DIR'] || join(homedir(), '.claude');
  return { ...options, as: 'user', out, target: options.target ?? ['claude-code'] };
}

/** Options that leave the answer to the team and to what was written. */
const REPEATABLE: ReadonlySet<string> = new Set([
  'as',
  'cache',
  'check',
  'dryRun',
  'format',
  'out',
  'require',
  'target',
]);

function isRepeatable(options: Options): boolean {
  return Object.keys(options).every((name) => REPEATABLE.has(name));
}

function more(given: string, before: readonly string[] = []): readonly string[] {
  return [...before, given];
}
