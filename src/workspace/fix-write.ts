import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { decode } from '../document/decode.ts';
import { isBelow } from './paths.ts';

/**
 * Gives a file another text, as a whole: it is written beside it and moved into its place, with its mode, its owner as
 * far as this user may, and its byte order mark. Answers why it was not done, as the end of a sentence, if so: the file
 * no longer holds the text that was read, may not be written, or is a link that leads out of the project. `full` and
 * `folder`, where teamc works, are absolute.
 */
export function replaceFile(full: string, folder: string, before: string, after: string): string | undefined {
  try {
    const real = realpathSync(full);
    if (lstatSync(full).isSymbolicLink() || real !== full)
      if (!isBelow(realpathSync(projectOf(full, folder)), real))
        return 'it is behind a link that leads out of the project';
    const stats = statSync(real);
    const bytes = readFileSync(real);
    const decoded = decode(full, bytes);
    if ('problem' in decoded || decoded.source.text !== before) return 'it was changed meanwhile';
    accessSync(real, constants.W_OK);
    const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? '\uFEFF' : '';
    return replace(real, mark + after, stats);
  } catch (error) {
    return reason(error);
  }
}

function replace(real: string, text: string, stats: Stats): string | undefined {
  const beside = join(dirname(real), `.${basename(real)}.${process.pid}.teamc`);
  try {
    writeLike(beside, text, stats);
    const now = statSync(real);
    if (now.mtimeMs !== stats.mtimeMs || now.size !== stats.size || now.ino !== stats.ino)
      return 'it was changed meanwhile';
    renameSync(beside, real);
    return undefined;
  } finally {
    rmSync(beside, { force: true });
  }
}

function writeLike(path: string, text: string, { mode, uid, gid }: Stats): void {
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, text);
    own(file, uid, gid);
    fchmodSync(file, mode & 0o7777);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Gives a file to its owner; a user who may not keeps it. */
function own(file: number, uid: number, gid: number): void {
  try {
    fchownSync(file, uid, gid);
  } catch {}
}

/** The repository that a file lies in, or else the folder where teamc works, or else the file's own folder. */
function projectOf(full: string, folder: string): string {
  for (let at = dirname(full); dirname(at) !== at; at = dirname(at)) if (existsSync(join(at, '.git'))) return at;
  return isBelow(folder, full) ? folder : dirname(full);
}

function reason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'this user may not write it';
  if (code === 'ENOENT') return 'it is gone';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full';
  return `it can't be written (${code ?? String(error)})`;
}
