import type { Stats } from 'node:fs';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { type Document, MAX_FILE_SIZE } from '../document/document.ts';
import { codeOf } from './trouble.ts';

/** How large a file may be that is no document of a team, such as a list of calls: in bytes. */
export const MAX_TEXT_SIZE = 100_000_000;

/** Why a link to nothing can't be read, and what to do. */
export const NOWHERE = ['is a link that leads nowhere', 'Mend the link, or remove it.'] as const;

/** Why a link to a folder around it is not followed, and what to do. */
export const LEADS_BACK = [
  'is a link to a folder that it lies in itself, and is not followed',
  'Remove the link.',
] as const;

/** What is wrong with a file before it is read, and what to do. What is no file would be read for ever. */
export function unfit(stats: Stats, most: number = MAX_FILE_SIZE): readonly [why: string, help: string] | undefined {
  if (stats.isDirectory()) return ['is a folder, not a file', 'Rename the folder; a name with this ending is a file.'];
  if (!stats.isFile()) return ['is a pipe or a device, not a file', 'Put a file in its place.'];
  if (stats.size <= most) return undefined;
  return [`is larger than ${most / 1_000_000} MB`, 'Split the file, or take out what agents need not read.'];
}

/** A file or folder that can't be read, why, and what to do. */
export function unreadable(path: string, why: string, help: string): Diagnostic {
  return {
    rule: 'yaml-syntax',
    severity: 'error',
    at: { file: path, pointer: [] },
    message: `${path} can't be read: it ${why}.`,
    help,
  };
}

/**
 * What is left of a file whose bytes aren't text: where a place in it is to blame, a document without data, so that a
 * report can show the place.
 */
export function undecoded(problem: Diagnostic, bytes: Uint8Array): Document | Diagnostic {
  const { file: path, span } = problem.at;
  if (span === undefined || span[1] === 0) return problem;
  const document: Document = {
    path,
    text: new TextDecoder().decode(bytes),
    kind: /\.(?:md|markdown)$/i.test(path) ? 'markdown' : 'yaml',
    data: undefined,
    problems: [problem],
    range: (place) => place.span ?? [0, 0],
    origin: (place) => ({ document, place }),
  };
  return document;
}

/** What the operating system said when a file was read, in words, and what to do. */
export function reason(error: unknown): readonly [why: string, help: string] {
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM')
    return ['may not be read by this user', 'Give this user the right to read it.'];
  if (code === 'ELOOP') return ['is a link that leads to itself', 'Mend the link, or remove it.'];
  return [`could not be opened (${code || String(error)})`, 'See what keeps it from being opened, or remove it.'];
}

/** The same for a file that was to be written. */
export function unwritable(error: unknown): string {
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'may not be written by this user';
  if (code === 'EISDIR') return 'is a folder';
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'would lie below a file';
  return `could not be opened (${code || String(error)})`;
}
