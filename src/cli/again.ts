import { resolve } from 'node:path';
import { count } from '../report/summary.ts';
import { visible } from '../report/visible.ts';
import { enumerate } from '../text/enumerate.ts';
import type { Disk } from '../workspace/disk.ts';
import { watchFiles } from '../workspace/watch.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Globals } from './globals.ts';
import type { Io } from './io.ts';
import { Unusable } from './unusable.ts';

/**
 * Runs a command now and whenever a file changes that it depends on, until it is interrupted, which is a good end. Only
 * the files that changed are read again. What can't be used is told, and may be usable the next time. `more` are folders
 * that the command reads besides.
 */
export async function again(
  run: () => ExitCode | Promise<ExitCode>,
  { disk, quiet }: Globals,
  io: Io,
  more: readonly string[] = [],
): Promise<ExitCode> {
  const attempt = async (): Promise<void> => {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      io.stderr.write(`${visible(`teamc: ${error.message}`)}\n`);
    }
    const here = disk.seen().files.filter((file) => disk.exists(disk.path(file)));
    if (!quiet) io.stderr.write(`teamc: watching ${count(here.length, 'file')}; Ctrl-C ends.\n`);
  };
  const { interrupted = new AbortController().signal } = io;
  await attempt();
  await watchFiles(
    () => seenBy(disk, more),
    async (paths) => {
      disk.forget(paths);
      const names = paths.map((path) => disk.path(path));
      if (!quiet) io.stderr.write(`\n${visible(`teamc: ${enumerate(names)} changed.`)}\n`);
      await attempt();
    },
    interrupted,
  );
  return EXIT.fine;
}

function seenBy(disk: Disk, more: readonly string[]): ReturnType<Disk['seen']> {
  const { files, folders } = disk.seen();
  return { files, folders: [...folders, ...more.map((folder) => resolve(disk.full('.'), folder))] };
}
