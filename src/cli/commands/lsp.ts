import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { Command } from 'commander';
import { type Check, type CheckedTeam, type CheckRequest, checking } from '../../lsp/check.ts';
import { packageVersion } from '../../workspace/package.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { Unusable } from '../unusable.ts';

const AFTER = `
An editor starts this, not a person: it speaks the Language Server Protocol over stdin and stdout. Editors then show
findings while one types, complete keys and names, explain what the cursor is on, lead to what is named and to every
place that names it, and offer fixes. docs/editors.md says how to set them up.

Examples:
  teamc lsp --stdio      what an editor is told to run`;

/** `teamc lsp`: the language server. */
export function lspCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return new Command('lsp')
    .description('the language server, for editors')
    .option('--stdio', 'speak over stdin and stdout, the only way there is')
    .addHelpText('after', AFTER)
    .action(async ({ stdio }: { readonly stdio?: true }, command: Command) => {
      if (!stdio) throw new Unusable('Say "teamc lsp --stdio": the language server speaks over stdin and stdout only.');
      const { disk } = globalsOf(command, io);
      if (!isMainThread) return answerChecks();
      const { serveStreams } = await import('../../lsp/streams.ts');
      const settings = { cwd: disk.full('.'), version: packageVersion(), check: checkElsewhere() };
      await serveStreams(process.stdin, process.stdout, settings);
      exit(EXIT.fine);
    });
}

/** Has teams checked in a thread of their own, which runs this same command. */
function checkElsewhere(): Check {
  const thread = new Worker(process.argv[1]!, { argv: ['lsp', '--stdio'], stdin: true });
  thread.unref();
  return async (request) => {
    thread.postMessage(request);
    const [answer] = (await once(thread, 'message')) as [readonly CheckedTeam[]];
    return answer;
  };
}

function answerChecks(): void {
  const check = checking();
  parentPort!.on('message', (request: CheckRequest) => parentPort!.postMessage(check(request)));
}
