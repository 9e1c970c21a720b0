import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Style } from '../report/result.ts';
import { Disk } from '../workspace/disk.ts';
import { choice } from './choice.ts';
import type { Io } from './io.ts';
import { Unusable } from './unusable.ts';

/** What the options of every command come to. */
export interface Globals {
  readonly disk: Disk;
  readonly style: Style;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

interface Options {
  readonly cwd?: string;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: true;
  readonly verbose?: true;
}

/** Adds the options that every command has. */
export function addGlobals(program: Command): Command {
  return program
    .option('--cwd <dir>', 'work in this folder; paths in the output start there too')
    .addOption(
      choice('--color <when>', 'auto asks the terminal, NO_COLOR and FORCE_COLOR', ['auto', 'always', 'never']).default(
        'auto',
      ),
    )
    .option('-q, --quiet', 'report errors only, and say nothing when there are none')
    .option('--verbose', 'say more on stderr, such as where a crash happened');
}

/** Reads the options that every command has. Fails when the folder to work in is not there. */
export function globalsOf(command: Command, io: Io): Globals {
  const { cwd = '.', color, quiet = false, verbose = false } = command.optsWithGlobals<Options>();
  const disk = new Disk(resolve(io.cwd, cwd));
  if (disk.kind('.') !== 'folder') throw new Unusable(`There is no folder "${cwd}"; give --cwd one that exists.`);
  return {
    disk,
    style: { color: colorOf(color, io), ...(io.columns === undefined ? {} : { columns: io.columns }) },
    quiet,
    verbose,
  };
}

/** How many colours to use, as https://no-color.org and https://force-color.org have it. */
function colorOf(when: Options['color'], { env, isTTY }: Io): Style['color'] {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = env;
  const forced = /^[0-3]$/.test(force ?? '') ? (Number(force) as Style['color']) : force === 'false' ? 0 : 1;
  if (when === 'never') return 0;
  if (when === 'always') return forced || 1;
  if (no) return 0;
  if (force !== undefined && force !== '') return forced;
  return isTTY && terminal !== 'dumb' ? 1 : 0;
}
