// Builds what is shipped: the command as one CommonJS file (the fastest to start), the library as an ES module with types.

import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { generate } from './generate.mjs';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
};

/** Builds the command into a folder; tests build it into one of their own. */
export async function buildCommand(outdir) {
  await build({
    ...common,
    entryPoints: { cli: 'src/cli/bin.ts' },
    outdir,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    minify: true,
    keepNames: false,
    // A CommonJS file has no import.meta; this says the same.
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: '#!/usr/bin/env node\nconst importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  });
  chmodSync(`${outdir}/cli.cjs`, 0o755);
}

async function buildAll() {
  await generate();
  rmSync('dist', { recursive: true, force: true });
  await buildCommand('dist');
  await build({
    ...common,
    entryPoints: { index: 'src/index.ts' },
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: 'lib/[name]-[hash]',
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], {
    stdio: 'inherit',
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildAll();
