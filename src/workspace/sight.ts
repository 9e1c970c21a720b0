import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { relative } from 'node:path';
import { digest } from './digest.ts';

/** What a run saw at a path: a file's content, a folder's names, where a folder really is, or only what stands there. */
export type Sight = 'content' | 'names' | 'real' | 'kind' | 'link';

/** Times in milliseconds, size, inode and device: where all are as before, so is the content. */
export type Mark = readonly [modified: number, changed: number, size: number, inode: number, device: number];

/** How many numbers a mark has. */
export const MARK_SIZE = 5;

/** A mark that is like no other: what bears it is always looked at. */
export const NO_MARK: Mark = [Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN];

/** How far a change must lie before a look, in milliseconds: a file system may not tell times apart that are closer. */
const SETTLED = 2000;

/** The mark of what was looked at after some time; `NO_MARK` if it changed so shortly before that it may change unseen. */
export function markOf(stats: Stats, since: number): Mark {
  if (Math.max(stats.mtimeMs, stats.ctimeMs) > since - SETTLED) return NO_MARK;
  return [stats.mtimeMs, stats.ctimeMs, stats.size, stats.ino, stats.dev];
}

/** The mark of a place that was asked for, whatever is in it. */
export function placeMark({ ino, dev }: Stats): Mark {
  return [0, 0, 0, ino, dev];
}

/** The names in a folder with what they stand for, in order. */
export function namesOf(entries: readonly Dirent[]): string {
  const kinds = entries.map((entry) => {
    const kind = entry.isDirectory() ? 'd' : entry.isFile() ? 'f' : entry.isSymbolicLink() ? 'l' : 'o';
    return `${kind}${entry.name}`;
  });
  return kinds.sort().join('\0');
}

/** What stands at a path, behind links. */
export function kindOf(stats: Stats | undefined): string {
  if (!stats) return 'nothing';
  return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other';
}

/** A path behind links, as it is seen from the working folder. */
export function realFrom(cwd: string, real: string): string {
  return relative(cwd, real);
}

/** Looks again, and says what is seen now in the words of a trace. Throws where nothing is to be seen. */
export function look(sight: Sight, cwd: string, path: string): string {
  switch (sight) {
    case 'content':
      return digest(readFileSync(path));
    case 'names':
      return digest(namesOf(readdirSync(path, { withFileTypes: true })));
    case 'real':
      return realFrom(cwd, realpathSync(path));
    case 'kind':
      return kindOf(statSync(path, { throwIfNoEntry: false }));
    case 'link':
      return lstatSync(path, { throwIfNoEntry: false }) ? 'something' : 'nothing';
  }
}
