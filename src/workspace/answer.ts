import { statSync } from 'node:fs';
import { look, MARK_SIZE, type Mark, markOf, placeMark, type Sight } from './sight.ts';
import type { Seen } from './trace.ts';

/** What a run said, and how it ended. */
export interface Answer {
  readonly code: number;
  /** What was written, in order: to stdout (1) or stderr (2). */
  readonly writes: readonly (readonly [fd: 1 | 2, text: string])[];
}

/** An answer with the question, and with what it was drawn from. */
export interface Kept extends Answer {
  /** Everything that the answer depends on besides the disk. */
  readonly question: string;
  /** The working folder, from which paths are seen. */
  readonly cwd: string;
  readonly seen: readonly Seen[];
}

const MAGIC = 0x31416354;
const HEAD = 16;

/** What begins the line of a path: how it was looked at, and for the simple looks also what was seen. */
const LETTERS: Readonly<Record<string, string>> = {
  content: 'c',
  names: 'n',
  real: 'r',
  'kind nothing': 'k',
  'kind folder': 'd',
  'kind file': 'f',
  'kind other': 'o',
  'link something': 'l',
  'link nothing': 'a',
};
const LOOKS = new Map(Object.entries(LETTERS).map(([name, letter]) => [letter, name.split(' ')]));

/**
 * Writes an answer as bytes: marks as numbers and paths and contents as lines, since reading them must not take longer than
 * looking at the files does.
 */
export function encode({ question, code, writes, cwd, seen }: Kept): Buffer {
  const paths = Buffer.from(seen.map((one) => letterOf(one) + one.path).join('\n'));
  const were = Buffer.from(seen.map(({ was }) => was).join('\n'));
  const said = JSON.stringify({
    question,
    cwd,
    code,
    writes,
    count: seen.length,
    paths: paths.length,
    were: were.length,
  });
  const text = Buffer.from(said.padEnd(said.length + ((8 - (Buffer.byteLength(said) % 8)) % 8)));
  const marks = Float64Array.from(seen.flatMap(({ mark }) => mark));
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(MAGIC, 0);
  head.writeUInt32LE(text.length, 4);
  head.writeUInt32LE(checksum(text), 8);
  return Buffer.concat([head, text, Buffer.from(marks.buffer), paths, were]);
}

/** An answer as it was read from bytes; what it was drawn from is only taken apart where it is looked at. */
interface Found extends Answer {
  readonly cwd: string;
  readonly marks: Float64Array;
  readonly paths: readonly string[];
  were(): readonly string[];
}

/** Reads an answer to a question. Nothing when the bytes are damaged, or answer another question. */
export function decode(bytes: Buffer, question: string): Found | undefined {
  if (bytes.length < HEAD || bytes.readUInt32LE(0) !== MAGIC) return undefined;
  const from = HEAD + bytes.readUInt32LE(4);
  const text = bytes.subarray(HEAD, from);
  if (from > bytes.length || text.length % 4 !== 0 || checksum(text) !== bytes.readUInt32LE(8)) return undefined;
  const said = JSON.parse(text.toString()) as Kept & { count: number; paths: number; were: number };
  const lines = from + said.count * MARK_SIZE * 8;
  if (said.question !== question || bytes.length !== lines + said.paths + said.were) return undefined;
  const marks = new Float64Array(bytes.buffer.slice(bytes.byteOffset + from, bytes.byteOffset + lines));
  const paths = bytes.toString('utf8', lines, lines + said.paths).split('\n');
  if (paths.length !== said.count) return undefined;
  const were = (): readonly string[] => bytes.toString('utf8', lines + said.paths).split('\n');
  return { code: said.code, writes: said.writes, cwd: said.cwd, marks, paths, were };
}

/** Whether the disk still is what it was, and what should be kept in place of what an answer was drawn from. */
export function review(found: Found): { readonly holds: boolean; readonly fresh?: readonly Seen[] } {
  const { marks, paths, cwd } = found;
  const now = Date.now();
  const doubtful: number[] = [];
  for (let index = 0; index < paths.length; index++)
    if (!isMarked(paths[index]!, cwd, marks, index)) doubtful.push(index);
  if (doubtful.length === 0) return { holds: true };
  const were = found.were();
  const seen = paths.map((line, index) => seenAt(line, marks, index, were));
  let changed = false;
  for (const index of doubtful) {
    const before = seen[index]!;
    const mark = freshMark(before, cwd, now);
    if (look(before.sight, cwd, full(cwd, before.path)) !== before.was) return { holds: false };
    if (!mark.every((part, at) => Object.is(part, before.mark[at]))) changed = true;
    seen[index] = { ...before, mark };
  }
  return changed ? { holds: true, fresh: seen } : { holds: true };
}

function freshMark({ sight, path, mark }: Seen, cwd: string, now: number): Mark {
  if (sight === 'kind' || sight === 'link') return mark;
  const stats = statSync(full(cwd, path));
  return sight === 'real' ? placeMark(stats) : markOf(stats, now);
}

/** Whether a look need not be repeated, since the mark says that nothing changed. */
function isMarked(line: string, cwd: string, marks: Float64Array, index: number): boolean {
  const letter = line.charAt(0);
  const path = full(cwd, line.slice(1));
  if (letter !== 'c' && letter !== 'n' && letter !== 'r') {
    const [sight, was] = LOOKS.get(letter) ?? [];
    return sight !== undefined && look(sight as Sight, cwd, path) === was;
  }
  const stats = statSync(path, { throwIfNoEntry: false });
  const at = index * MARK_SIZE;
  if (!stats || stats.ino !== marks[at + 3] || stats.dev !== marks[at + 4]) return false;
  if (letter === 'r') return true;
  return stats.mtimeMs === marks[at] && stats.ctimeMs === marks[at + 1] && stats.size === marks[at + 2];
}

function seenAt(line: string, marks: Float64Array, index: number, were: readonly string[]): Seen {
  const at = index * MARK_SIZE;
  const [modified = 0, changed = 0, size = 0, inode = 0, device = 0] = marks.subarray(at, at + MARK_SIZE);
  const [sight, was = were[index]] = LOOKS.get(line.charAt(0)) ?? [];
  if (sight === undefined || was === undefined) throw new TypeError('An answer was not read whole');
  return { sight: sight as Sight, path: line.slice(1), mark: [modified, changed, size, inode, device], was };
}

function letterOf({ sight, was }: Seen): string {
  return LETTERS[sight] ?? LETTERS[`${sight} ${was}`]!;
}

function full(cwd: string, path: string): string {
  return `${cwd}/${path}`;
}

/** Fowler, Noll and Vo's hash over the words of a text whose length is a multiple of four. */
function checksum(text: Buffer): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 4) hash = Math.imul(hash ^ text.readInt32LE(at), 0x01000193);
  return hash >>> 0;
}
