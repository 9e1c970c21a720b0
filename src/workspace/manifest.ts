import type { OwnPart } from '../document/merge/merge.ts';
import type { OwnEntry } from '../document/merge/owned.ts';
import type { Undo } from '../document/merge/splice.ts';
import { trimmedEnd } from '../text/trim.ts';
import { OWN_FOLDER } from './output.ts';
import { refusal } from './output-path.ts';

/** A file that teamc wrote, or wrote into. */
export interface OwnFile {
  readonly target: string;
  /** The role that it is for, or `team`. */
  readonly from: string;
  /** What the whole file was when teamc had written it. */
  readonly sha256: string;
  /** Only for files that people share with teamc: what in them is teamc's, and what that was made from. */
  readonly part?: OwnPart;
  readonly entriesOf?: string;
}

/** What teamc remembers of a build, so that it never touches what is not its own. */
export interface Manifest {
  readonly team: string;
  /** The team file, as it was named when the files were built. */
  readonly source: string;
  readonly files: ReadonlyMap<string, OwnFile>;
  /** The folders that teamc made. */
  readonly folders: readonly string[];
}

/** Where the manifest of a team stands. */
export function manifestPath(team: string): string {
  const name = trimmedEnd(team.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+/, ''), '-') || 'team';
  return `${OWN_FOLDER}/${name.slice(0, 100)}.json`;
}

/** A manifest as a file; undefined when nothing is left to remember. */
export function printManifest({ team, source, files, folders }: Manifest): string | undefined {
  if (files.size === 0 && folders.length === 0) return undefined;
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(
    ([path, { part, ...file }]) => `    ${JSON.stringify(path)}: ${JSON.stringify({ ...file, ...part })}`,
  );
  return [
    '{',
    '  "teamc": 1,',
    `  "team": ${JSON.stringify(team)},`,
    `  "source": ${JSON.stringify(source)},`,
    `  "files": {${lines.length > 0 ? `\n${lines.join(',\n')}\n  ` : ''}},`,
    `  "folders": ${JSON.stringify(folders.toSorted())}`,
    '}\n',
  ].join('\n');
}

/** Reads a manifest; undefined when the text is none that this version of teamc wrote. */
export function parseManifest(text: string): Manifest | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isMap(data) || data['teamc'] !== 1 || !isMap(data['files']) || !Array.isArray(data['folders'])) return undefined;
  const { team, source, folders } = data;
  const files = Object.entries(data['files']).map(([path, file]) => [path, ownFile(path, file)] as const);
  if (typeof team !== 'string' || typeof source !== 'string' || files.some(([, file]) => file === undefined))
    return undefined;
  if (!folders.every((folder): folder is string => typeof folder === 'string' && refusal(folder) === undefined))
    return undefined;
  return { team, source, files: new Map(files as readonly (readonly [string, OwnFile])[]), folders };
}

function ownFile(path: string, file: unknown): OwnFile | undefined {
  if (refusal(path) !== undefined || !isMap(file)) return undefined;
  const { target, from, sha256, entriesOf, created, entries, undo } = file;
  if (typeof target !== 'string' || typeof from !== 'string' || typeof sha256 !== 'string') return undefined;
  if (entries === undefined) return { target, from, sha256 };
  if (typeof created !== 'boolean' || !isList(entries, isEntry)) return undefined;
  if (undo !== undefined && !isList(undo, isUndo)) return undefined;
  if (typeof entriesOf !== 'string') return undefined;
  return { target, from, sha256, entriesOf, part: { created, entries, ...(undo === undefined ? {} : { undo }) } };
}

function isEntry(value: unknown): value is OwnEntry {
  if (!isMap(value) || !Array.isArray(value['path'])) return false;
  return value['path'].every((step: unknown) => typeof step === 'string' || isMap(step));
}

function isUndo(value: unknown): value is Undo[number] {
  if (!Array.isArray(value)) return false;
  const [start, length, text] = value as readonly unknown[];
  return isOffset(start) && isOffset(length) && typeof text === 'string';
}

function isOffset(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isList<T>(value: unknown, fits: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(fits);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
