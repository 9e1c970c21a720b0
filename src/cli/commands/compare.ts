import { resolve } from 'node:path';
import { Command } from 'commander';
import { compareTeams } from '../../analysis/compare-teams.ts';
import { type ComparedTeams, comparisonJson, type FailOn, matters } from '../../report/comparison.ts';
import { githubComparison } from '../../report/comparison-github.ts';
import { markdownComparison } from '../../report/comparison-markdown.ts';
import { prettyComparison } from '../../report/comparison-pretty.ts';
import type { Style } from '../../report/result.ts';
import { choice } from '../choice.ts';
import { decided } from '../decided.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { loadSides } from '../sides.ts';

interface Options {
  readonly failOn?: FailOn;
  readonly format: 'pretty' | 'json' | 'markdown' | 'github';
}

const AFTER = `
A side is a team folder or team file; REV:PATH is the same in a git revision, its path from the root of the repository
or, with "./" in front, from this folder; and @TARGET behind either is what that target makes of the team, @ideal the
team as it is meant. Nothing is checked out.

Roles are matched by id. The comparison covers every command, path, URL, name and edge: where two policies differ, it
shows a call that is decided otherwise, with the rule that decided on each side. Looser means that some role may do
what it could not do before, or is no longer asked.

Without --fail-on the exit code is 0 whatever is found. With it: 1 when there is such a change, and 3 when a limit was
reached before that could be said.

Examples:
  teamc compare main:teams/backend-guild teams/backend-guild               what this branch changes
  teamc compare HEAD~1:./team.yaml team.yaml --fail-on looser              in CI: nobody gets more
  teamc compare v1.0.0:team v2.0.0:team --format markdown                  two releases, as a table for a comment
  teamc compare teams/delivery-squad@ideal teams/delivery-squad@opencode   what opencode makes of it
  teamc compare origin/main:team team --fail-on any --format github        annotations in GitHub Actions`;

/** `teamc compare`: which role may do what it could not before. */
export function compareCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('compare')
    .description('which role may do what it could not before: two teams, revisions or targets')
    .usage('[options] A B')
    .argument('<a>', 'the team before: PATH, REV:PATH, PATH@TARGET or REV:PATH@TARGET')
    .argument('<b>', 'the team now, named in the same way')
    .addOption(choice('--fail-on <change>', 'exit 1 when there is such a change', ['looser', 'stricter', 'any']))
    .addOption(
      choice('-f, --format <format>', 'how to answer', ['pretty', 'json', 'markdown', 'github']).default('pretty'),
    )
    .addHelpText('after', AFTER)
    .action((a: string, b: string, options: Options, command: Command) => {
      const cwd = resolve(io.cwd, command.optsWithGlobals<{ cwd?: string }>().cwd ?? '.');
      exit(decided(() => run([a, b], options, globalsOf(command, io), cwd, io)));
    });
}

function run(names: readonly [string, string], options: Options, globals: Globals, cwd: string, io: Io): ExitCode {
  const [a, b] = loadSides(names, globals.disk, cwd);
  const comparison = compareTeams(a.side, b.side);
  const sides = [a, b].map(({ name, loaded, revision }) => ({
    name,
    documents: loaded.documents,
    ...(revision === undefined ? {} : { revision }),
  })) as unknown as ComparedTeams['sides'];
  const code = codeOf(comparison, options.failOn);
  const silent = globals.quiet && options.format === 'pretty' && code === EXIT.fine;
  if (!silent) io.stdout.write(shown({ comparison, sides }, options, globals.style));
  if (code === EXIT.inconclusive)
    io.stderr.write('teamc: A limit was reached before it could be said for all roles and tools.\n');
  return code;
}

function shown(compared: ComparedTeams, { format, failOn }: Options, style: Style): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(comparisonJson(compared), undefined, 2)}\n`;
    case 'markdown':
      return markdownComparison(compared);
    case 'github':
      return githubComparison(compared, failOn);
    case 'pretty':
      return prettyComparison(compared, style);
  }
}

function codeOf({ changes, undecided }: ComparedTeams['comparison'], failOn: FailOn | undefined): ExitCode {
  if (failOn === undefined) return EXIT.fine;
  if (changes.some((change) => matters(change, failOn))) return EXIT.finding;
  return undecided.length > 0 ? EXIT.inconclusive : EXIT.fine;
}
