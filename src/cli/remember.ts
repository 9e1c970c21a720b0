import { type Question, recall } from '../workspace/answers.ts';
import { cacheFolder } from '../workspace/cache-folder.ts';
import type { ExitCode } from './exit.ts';
import type { Io } from './io.ts';

/** Names the build that runs; without it nothing is remembered. */
declare const TEAMC_BUILD: string | undefined;

/** What a command line asks, if its answer may be remembered. */
export function questionOf(argv: readonly string[], io: Io): Question | undefined {
  if (
    typeof TEAMC_BUILD === 'undefined' ||
    !argv.some((word) => word === 'lint' || word === 'build') ||
    argv.includes('--no-cache')
  )
    return undefined;
  const cache = cacheFolder(io.env);
  if (cache === undefined) return undefined;
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  const user = process.getuid?.();
  const facts = [TEAMC_BUILD, process.version, user, io.cwd, io.isTTY, io.columns, NO_COLOR, FORCE_COLOR, TERM];
  return { cache, text: JSON.stringify([...facts, ...argv]) };
}

/** Says again what was said before, if nothing has changed; answers the exit code then. */
export function repeat(question: Question, io: Io): ExitCode | undefined {
  const answer = recall(question);
  if (!answer) return undefined;
  for (const [fd, text] of answer.writes) (fd === 1 ? io.stdout : io.stderr).write(text);
  return answer.code as ExitCode;
}
