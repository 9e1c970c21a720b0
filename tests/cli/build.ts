import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
// @ts-expect-error A script without types.
import { buildCommand } from '../../scripts/build.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the command as it is shipped, built once for all tests; or why it could not be built. */
    command: { readonly path: string } | { readonly failure: string };
  }
}

const folder = resolve(`node_modules/.cache/teamc/${process.pid}`);

/** Builds the command into a folder of this run, so that runs beside each other don't meet. */
export async function setup(project: TestProject): Promise<void> {
  try {
    await buildCommand(folder);
    project.provide('command', { path: `${folder}/cli.cjs` });
  } catch (error) {
    project.provide('command', { failure: String(error) });
  }
}

/** Takes the folder away. */
export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
