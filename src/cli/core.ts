import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from '../workspace/cache-folder.ts';
import { loadCompiled } from '../workspace/compiled.ts';

/** Loads the file beside the command that holds nearly all of it; `build` names what is in it. */
export function loadCore(folder: string, build: string, argv: readonly string[]): unknown {
  const file = join(folder, 'command', 'core.cjs');
  const cache = argv.includes('--no-cache') ? undefined : cacheFolder(process.env);
  if (cache === undefined) return createRequire(file)(file);
  return loadCompiled(file, `${cache}/compiled`, `${build}-${process.version}-${process.arch}`);
}
