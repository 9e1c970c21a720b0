import { spawnSync } from 'node:child_process';
import { Trouble } from './trouble.ts';

/** Reading from a repository changes nothing in it, asks nobody and fetches nothing. */
const QUIETLY = { GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };

/** The most that git may answer at once, in bytes. */
const MOST = 1_000_000_000;

/** What git says, or nothing where it refuses. Fails with a `Trouble` where there is no git. */
export function git(cwd: string, args: readonly string[], input?: string): Buffer | undefined {
  const { error, status, stdout } = spawnSync('git', args, {
    cwd,
    env: { ...process.env, ...QUIETLY },
    maxBuffer: MOST,
    ...(input === undefined ? {} : { input }),
  });
  if (error && (error as NodeJS.ErrnoException).code === 'ENOENT')
    throw new Trouble('A revision can only be read with git, and there is no git here.');
  if (error) throw new Trouble(`git could not be asked: ${error.message}.`);
  return status === 0 ? stdout : undefined;
}
