import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
// @ts-expect-error A script without types.
import { buildCommand } from '../../scripts/build.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the command as it is shipped, built once for all tests; or why it could not be built. */
    command: { readonly path: string } | { readonly failure: string };
  }
}

/** What the command is built from. */
const PARTS = [
  'src',
  'scripts',
  'schemas',
  'targets',
  'docs/rules',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** Builds the command, unless a run before built it from the same files. */
export async function setup(project: TestProject): Promise<void> {
  const built = resolve('node_modules/.cache/teamc', fingerprint());
  // Runs beside each other don't meet: each builds into a folder of its own and moves it into its place as a whole.
  const own = `${built}.${process.pid}`;
  try {
    if (!existsSync(built)) {
      forgetOld(dirname(built));
      await buildCommand(own);
      if (!existsSync(built)) renameSync(own, built);
    }
    utimesSync(built, new Date(), new Date());
    project.provide('command', { path: `${built}/cli.cjs` });
  } catch (error) {
    project.provide('command', { failure: String(error) });
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** Takes away what nobody asked for in the last hour. */
function forgetOld(folder: string): void {
  const old = (name: string): boolean => Date.now() - statSync(`${folder}/${name}`).mtimeMs > 3_600_000;
  if (existsSync(folder))
    for (const name of readdirSync(folder).filter(old)) rmSync(`${folder}/${name}`, { recursive: true, force: true });
}

function fingerprint(): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of PARTS.flatMap(filesIn)) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 20);
}

function filesIn(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const below = readdirSync(path, { recursive: true }) as string[];
  return below
    .sort()
    .map((name) => `${path}/${name}`)
    .filter((file) => statSync(file).isFile());
}
