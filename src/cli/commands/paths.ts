import { Command } from 'commander';
import { waysTo } from '../../analysis/ways.ts';
import { prettyWays, waysJson } from '../../report/ways.ts';
import { callReader, callsMeant } from '../calls.ts';
import { choice } from '../choice.ts';
import { decided } from '../decided.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { oneTeam } from '../one-team.ts';
import { Unusable } from '../unusable.ts';

interface Options {
  readonly to?: string;
  readonly from?: string;
  readonly team?: string;
  readonly limit: number;
  readonly format: 'pretty' | 'json';
}

const AFTER = `
Authority flows over delegates-to and switch-role: who hands work over gets done what the other may do. Each way shows
the approvals on it, a call that its last role may make, and the rule that lets it; a role that may make the call itself
is a way of its own. That nobody gets there is a proof, and a good answer: the exit code is 0. It is 3 where a limit
was reached before it could be said.

Examples:
  teamc paths --to "shell:terraform destroy *"               who gets infrastructure torn down?
  teamc paths --to "shell:git push *" --from reviewer        can the reviewer have something pushed?
  teamc paths --to "edit:.claude/**" --format json           who can change what agents are told?
  teamc paths --to "mcp:payments/*" --team teams/backend-guild --limit 5`;

/** `teamc paths`: every way in which roles get a call made. */
export function pathsCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('paths')
    .description('every way authority gets to a call, shortest first')
    .usage("[options] --to 'TOOL:PATTERN'")
    .option('--to <tool:pattern>', 'the calls in question; a tool alone is all of its calls')
    .option('--from <role>', 'only ways that begin with this role')
    .option('-t, --team <path>', 'the team (default: the one in this folder or above it)')
    .option('--limit <n>', 'how many ways to show', wholeNumber, 100)
    .addOption(choice('-f, --format <format>', 'how to answer', ['pretty', 'json']).default('pretty'))
    .addHelpText('after', AFTER)
    .action((options: Options, command: Command) => exit(decided(() => run(options, globalsOf(command, io), io))));
}

function run({ to, from, team: path, limit, format }: Options, { disk, style, quiet }: Globals, io: Io): ExitCode {
  if (to === undefined) throw new Unusable('Say where the paths lead, such as: teamc paths --to "shell:git push *".');
  const { team, documents } = oneTeam(disk, path);
  const start = from === undefined ? {} : { from: callReader(team).role(from) };
  const probe = callsMeant(to, team);
  const found = { ...waysTo([...team.roles.values()], { probe, most: limit, ...start }), probe, ...start };
  if (format === 'json') io.stdout.write(`${JSON.stringify(waysJson(found, documents), undefined, 2)}\n`);
  else if (!quiet) io.stdout.write(prettyWays(found, documents, style));
  return found.undecided.length > 0 ? EXIT.inconclusive : EXIT.fine;
}

function wholeNumber(given: string): number {
  if (/^[1-9]\d{0,4}$/.test(given)) return Number(given);
  throw new Unusable(`--limit takes a whole number from 1 to 99999, not "${given}".`);
}
