// Builds what is shipped: the command as CommonJS files (the fastest to start), and the library, an ES module with types
// that takes everything from them.

import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleCommand } from './bundle.mjs';
import { generate } from './generate.mjs';
import { writeLicences } from './licences.mjs';

/** Builds the command into a folder; tests build it into one of their own. */
export { bundleCommand as buildCommand } from './bundle.mjs';

async function buildAll() {
  await generate();
  rmSync('dist', { recursive: true, force: true });
  await bundleCommand('dist');
  await buildLibrary('dist');
  await writeLicences('dist/THIRD_PARTY.md');
}

/** Adds to a folder with the command the library: a module that opens the command's files to programs, and types. */
export async function buildLibrary(outdir) {
  const names = Object.keys(createRequire(resolve(outdir, 'index.js'))('./command/index.cjs'));
  const lines = [
    "import library from './command/index.cjs';",
    `export const { ${names.sort().join(', ')} } = library;`,
  ];
  writeFileSync(`${outdir}/index.js`, `${lines.join('\n')}\n`);
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json', '--outDir', outdir], {
    stdio: 'inherit',
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildAll();
