import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { rulings } from '../../analysis/ruling.ts';
import type { Decision } from '../../pattern/policy.ts';
import { prettyRuling, type RuledCall, rulingJson } from '../../report/ruling.ts';
import { enforcer, targetsOf } from '../../target/enforcement.ts';
import type { LoadedTeam } from '../../team/read.ts';
import type { Disk } from '../../workspace/disk.ts';
import { answerLines, textAt } from '../batch.ts';
import { callReader, type NamedCall } from '../calls.ts';
import { choice } from '../choice.ts';
import { decided } from '../decided.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { oneTeam } from '../one-team.ts';
import { Unusable } from '../unusable.ts';

interface Options {
  readonly team?: string;
  readonly batch?: string;
  readonly expect?: Decision;
  readonly format: 'pretty' | 'json';
}

const AFTER = `
A command line is taken apart as a shell would, and is as allowed as its least allowed part. For each target that the
team names, the answer says what the built files make of the call there, and whether the platform itself holds to it
(native), a guard that teamc emits (guarded), or only the prompt (prose). Exit code 0 whatever the answer, unless it is
not the one that --expect names: then 1.

With --batch each line of a file, or of stdin for "-", is a JSON object with role, tool and argument; the answers come
as JSON lines in the same order, with all other keys kept. A line that can't be answered gets an "error", and the exit
code is then 1.

Examples:
  teamc can node-developer shell "terraform destroy"
  teamc can node-developer "shell:npm test && git push"    the parts of the line, the worst one marked
  teamc can writer edit docs/api.md --expect allow         exit code 1 if it is anything else
  teamc can lead delegate dba                              may it hand work over?
  teamc can lead todo                                      a tool whose calls have no argument
  teamc can reviewer edit src/index.ts --team teams/backend-guild --format json
  teamc can --batch calls.jsonl > answers.jsonl`;

/** `teamc can`: whether a role may make a call, which rule says so, and what each target makes of it. */
export function canCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('can')
    .description('whether a role may make a call: allow, ask or deny, and which rule says so')
    .usage('[options] ROLE TOOL [ARGUMENT]')
    .argument('[role]', 'a role, by its id, the last part of its id, or an alias')
    .argument('[tool]', 'a tool of the language, or TOOL:ARGUMENT in one word')
    .argument('[argument...]', 'the command, path, URL, role or name')
    .option('-t, --team <path>', 'the team (default: the one in this folder or above it)')
    .option('--batch <file>', 'answer JSON lines; "-" reads them from stdin')
    .addOption(choice('--expect <decision>', 'exit 1 unless this is the answer', ['allow', 'ask', 'deny']))
    .addOption(choice('-f, --format <format>', 'how to answer', ['pretty', 'json']).default('pretty'))
    .addHelpText('after', AFTER)
    .action(
      async (
        role: string | undefined,
        tool: string | undefined,
        rest: string[],
        options: Options,
        command: Command,
      ) => {
        const globals = globalsOf(command, io);
        const words = { role, tool, argument: oneArgument(rest) };
        exit(
          options.batch === undefined
            ? single(words, options, globals, io)
            : await batch(words, options.batch, options, globals, io),
        );
      },
    );
}

/** The words of the command line. */
interface Words {
  readonly role: string | undefined;
  readonly tool: string | undefined;
  readonly argument: string | undefined;
}

function oneArgument(rest: readonly string[]): string | undefined {
  if (rest.length < 2) return rest[0];
  throw new Unusable(`The argument is one word for the shell; quote it: "${rest.join(' ')}".`);
}

function single({ role, tool, argument }: Words, options: Options, { disk, style, quiet }: Globals, io: Io): ExitCode {
  if (role === undefined || tool === undefined)
    throw new Unusable('Name a role, a tool and an argument, such as: teamc can lead shell "git push".');
  const loaded = oneTeam(disk, options.team);
  const call = decided(() => judge(loaded)(callReader(loaded.team).call(role, tool, argument)));
  if (options.format === 'json')
    io.stdout.write(`${JSON.stringify(rulingJson(call, loaded.documents), undefined, 2)}\n`);
  else if (!quiet) io.stdout.write(prettyRuling(call, loaded.documents, style));
  const { decision } = call.ruling;
  if (options.expect === undefined || options.expect === decision) return EXIT.fine;
  io.stderr.write(`teamc: The answer is ${decision}, not ${options.expect}.\n`);
  return EXIT.finding;
}

async function batch(words: Words, file: string, options: Options, { disk }: Globals, io: Io): Promise<ExitCode> {
  if (words.role !== undefined) throw new Unusable('With --batch the calls come from the file; name none beside it.');
  const lines = file === '-' ? await piped(io) : readLines(disk, file);
  const loaded = oneTeam(disk, options.team);
  const reader = callReader(loaded.team);
  const answer = judge(loaded);
  let unexpected = 0;
  const { failed } = answerLines(
    lines,
    (call) => {
      const [role, tool] = [textAt(call, 'role'), textAt(call, 'tool')];
      if (role === undefined || tool === undefined) throw new Unusable('A call names a "role" and a "tool".');
      const ruled = answer(reader.call(role, tool, textAt(call, 'argument')));
      if (options.expect !== undefined && ruled.ruling.decision !== options.expect) unexpected++;
      const { role: id, tool: name, argument, ...rest } = rulingJson(ruled, loaded.documents);
      return { role, tool, ...(call['argument'] === undefined ? {} : { argument: call['argument'] }), ...rest };
    },
    (some) => io.stdout.write(some),
  );
  if (failed > 0) io.stderr.write(`teamc: ${failed} of the calls could not be answered; see "error" in their lines.\n`);
  if (unexpected > 0) io.stderr.write(`teamc: ${unexpected} of the answers are not ${options.expect}.\n`);
  return failed + unexpected > 0 ? EXIT.finding : EXIT.fine;
}

async function piped({ stdin }: Io): Promise<string> {
  return stdin ? await text(stdin) : '';
}

function readLines(disk: Disk, file: string): string {
  const lines = disk.text(file);
  if (typeof lines === 'string') return lines;
  throw new Unusable(`"${file}" can't be read: it ${lines.because}.`);
}

/** Decides calls of a team, for itself and for each of its targets. */
function judge({ team }: LoadedTeam): (call: NamedCall) => RuledCall {
  const rule = rulings();
  const enforcers = targetsOf(team).map((target) => enforcer(target));
  return ({ role, tool, argument }) => {
    const ruling = rule(role, tool, argument);
    return {
      ruling,
      targets: enforcers.map((one) => [one.target.manifest.target, one.decide(role, tool, argument, ruling.decision)]),
    };
  };
}
