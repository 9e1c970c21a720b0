import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SchemaName } from '../schema/schema-name.ts';

let root: string | undefined;

/** The folder of teamc itself, where its teams, targets, schemas and rule pages lie. */
export function packageRoot(): string {
  if (root !== undefined) return root;
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'schemas')) && dirname(folder) !== folder) folder = dirname(folder);
  root = folder;
  return root;
}

/** teamc's own version. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}

/** The page of a lint rule as Markdown, if teamc has one. */
export function rulePage(rule: string): string | undefined {
  const path = join(packageRoot(), 'docs', 'rules', `${rule}.md`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** A JSON Schema of the language, as text. */
export function schemaText(name: SchemaName): string {
  return readFileSync(join(packageRoot(), 'schemas', `${name}.schema.json`), 'utf8');
}
