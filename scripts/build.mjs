// Builds what is shipped: the command as CommonJS files (the fastest to start), the library as an ES module with types.

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { absent } from './absent.mjs';
import { bundleCommand } from './bundle.mjs';
import { generate } from './generate.mjs';
import { writeLicences } from './licences.mjs';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
};

/** Builds the command into a folder; tests build it into one of their own. */
export { bundleCommand as buildCommand } from './bundle.mjs';

async function buildAll() {
  await generate();
  rmSync('dist', { recursive: true, force: true });
  await bundleCommand('dist');
  await buildLibrary('dist');
  await writeLicences('dist/THIRD_PARTY.md');
}

/** Builds the library with its types into a folder. */
export async function buildLibrary(outdir) {
  await build({
    ...common,
    entryPoints: { index: 'src/index.ts' },
    outdir,
    format: 'esm',
    splitting: true,
    minify: true,
    plugins: [absent],
    chunkNames: 'lib/[name]-[hash]',
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json', '--outDir', outdir], {
    stdio: 'inherit',
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildAll();
