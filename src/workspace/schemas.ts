import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Disk } from './disk.ts';
import { packageRoot } from './package.ts';

/** The kinds of files that have a JSON Schema. */
export const SCHEMAS = ['team', 'role', 'scenario', 'target'] as const;

export type SchemaName = (typeof SCHEMAS)[number];

/** Where the schemas are kept for everybody. */
const PUBLISHED = 'https://unpkg.com/teamc/schemas';

/** A JSON Schema as text. */
export function schemaText(name: SchemaName): string {
  return readFileSync(join(packageRoot(), 'schemas', `${name}.schema.json`), 'utf8');
}

/**
 * The address of a schema, for the first line of a file: in the project's `node_modules` where teamc is installed there,
 * which works without a network and fits the version; else where it is published. `file` may be one that is not there yet.
 */
export function schemaAddress(name: SchemaName, file: string, disk: Disk): string {
  let up = disk.path(`${file}/..`);
  for (let way = './'; ; way = way === './' ? '../' : `${way}../`) {
    const inside = `node_modules/teamc/schemas/${name}.schema.json`;
    if (disk.kind(`${up}/${inside}`) === 'file') return way + inside;
    if (disk.isRoot(up)) return `${PUBLISHED}/${name}.schema.json`;
    up = disk.path(`${up}/..`);
  }
}
