import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { type CommandMaker, main } from '../../src/cli/main.ts';

/** A repository on the disk that holds these files and goes away with the test; answers its folder. */
export function project(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'teamc-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, '.git'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** What came of a command. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. */
export async function teamc(
  cwd: string,
  argv: readonly string[],
  more: Partial<Io> = {},
  makers?: readonly CommandMaker[],
): Promise<Outcome> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const io: Io = {
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
    cwd,
    env: {},
    isTTY: false,
    ...more,
  };
  const code = await main(argv, io, makers);
  return { code, stdout: stdout.join(''), stderr: stderr.join('') };
}

/** The path of the command as it is shipped. */
export function builtCommand(): string {
  const command = inject('command');
  if ('failure' in command) throw new Error(command.failure);
  return command.path;
}

/** Runs a command line as a process of its own. */
export function shipped(
  cwd: string,
  argv: readonly string[],
  options: SpawnSyncOptions = {},
  path = builtCommand(),
): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...argv], {
    cwd,
    ...options,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}
