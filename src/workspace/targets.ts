import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { decode } from '../document/decode.ts';
import type { TargetFiles } from '../target/custom.ts';
import { packageRoot } from './package.ts';
import { Trouble, trouble } from './trouble.ts';

/** A target that a person brings. */
export interface FoundTarget extends TargetFiles {
  /** The name of its folder. */
  readonly folder: string;
}

/**
 * The targets in a folder: each folder in it with a `target.yaml`. Templates that all of them share lie in `_shared`,
 * beside those that teamc brings. Fails with a `Trouble` when something can't be read.
 */
export function findTargets(root: string, shown: string): readonly FoundTarget[] | readonly Diagnostic[] {
  const shared = new Map([
    ...templatesIn(join(packageRoot(), 'targets', '_shared'), '_shared'),
    ...templatesIn(join(root, '_shared'), `${shown}/_shared`),
  ]);
  const found: FoundTarget[] = [];
  const problems: Diagnostic[] = [];
  for (const folder of namesIn(root, shown)) {
    const bytes = folder.startsWith('_') ? undefined : read(join(root, folder, 'target.yaml'), `${shown}/${folder}`);
    if (!bytes) continue;
    const decoded = decode(`${shown}/${folder}/target.yaml`, bytes);
    const templates = new Map([...shared, ...templatesIn(join(root, folder), `${shown}/${folder}`)]);
    if ('problem' in decoded) problems.push(decoded.problem);
    else found.push({ folder, manifest: decoded.source, templates });
  }
  return problems.length > 0 ? problems : found;
}

function templatesIn(folder: string, shown: string): ReadonlyMap<string, string> {
  const names = namesIn(folder, shown).filter((name) => name.endsWith('.hbs'));
  return new Map(names.map((name) => [name, (read(join(folder, name), shown) ?? Buffer.alloc(0)).toString('utf8')]));
}

function namesIn(folder: string, shown: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw trouble(`"${shown}" can't be read`, error);
  }
}

function read(path: string, shown: string): Buffer | undefined {
  try {
    // A pipe or a device would be read for ever.
    if (!statSync(path).isFile()) throw new Trouble(`"${shown}" can't be read: "${basename(path)}" is not a file.`);
    return readFileSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw trouble(`"${shown}" can't be read`, error);
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
