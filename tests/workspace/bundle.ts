import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import type { Ran } from './run.ts';

/** The command as one file, for processes of its own; made once for a test file. */
export function bundled(): { readonly file: string } {
  const made = { file: '' };
  beforeAll(async () => {
    const root = mkdtempSync(join(tmpdir(), 'teamc-bundle-'));
    chmodSync(root, 0o755);
    for (const folder of ['schemas', 'dist']) mkdirSync(join(root, folder));
    copyFileSync('package.json', join(root, 'package.json'));
    made.file = join(root, 'dist/cli.cjs');
    await build({
      entryPoints: ['src/cli/bin.ts'],
      outfile: made.file,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
      define: { 'import.meta.url': 'importMetaUrl' },
      banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
    });
  });
  afterAll(() => rmSync(join(made.file, '../..'), { recursive: true, force: true }));
  return made;
}

/** A process and what it came to; the code is -1 when it was killed. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
}

/** Starts a program. */
export function start(program: string, argv: readonly string[], options: { uid?: number } = {}): Started {
  const child = spawn(program, argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
    ...options,
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const ended = new Promise<Ran>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code: code ?? -1, ...said }));
  });
  return { child, ended };
}
