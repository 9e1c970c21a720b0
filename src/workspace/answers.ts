import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type Answer, decode, encode, type Kept, review } from './answer.ts';
import { makeFolder } from './make-folder.ts';

/** How many answers are kept, how large they may be together, and how large one may be, in bytes. */
const MOST = 200;
const LARGEST = 100_000_000;
const LARGEST_ONE = 20_000_000;

/** How long a file that was begun may be needed, in milliseconds. */
const BEGUN = 3_600_000;

/** A question, and where its answer is kept. */
export interface Question {
  /** The folder of teamc in the user's cache. */
  readonly cache: string;
  /** Everything that an answer depends on besides the disk. */
  readonly text: string;
}

/** The answer that was given before, if a new one would be the same. Whatever is wrong with the cache, there is none then. */
export function recall(question: Question): Answer | undefined {
  try {
    const bytes = readFileSync(fileOf(question));
    const found = decode(bytes, question.text);
    if (!found) return undefined;
    const { holds, fresh } = review(found);
    if (!holds) return undefined;
    if (fresh) keep(question, { ...found, seen: fresh });
    return found;
  } catch {
    return undefined;
  }
}

/** Keeps an answer, and lets go of the oldest ones where there are too many. A cache that can't be written stays as it is. */
export function keep(question: Question, { code, writes, cwd, seen }: Omit<Kept, 'question'>): void {
  try {
    const bytes = encode({ question: question.text, code, writes, cwd, seen });
    if (bytes.length > LARGEST_ONE) return;
    const folder = folderOf(question);
    makeFolder(folder, 0o700);
    const file = fileOf(question);
    const begun = `${file}.${process.pid}-${Date.now().toString(36)}`;
    writeFileSync(begun, bytes, { mode: 0o600 });
    renameSync(begun, file);
    prune(folder);
  } catch {}
}

function folderOf({ cache }: Question): string {
  return `${cache}/answers`;
}

/** Questions share a file seldom enough; which one it answers stands in the file. */
function fileOf(question: Question): string {
  let [one, two] = [0x811c9dc5, 0x41c6ce57];
  for (let at = 0; at < question.text.length; at++) {
    one = Math.imul(one ^ question.text.charCodeAt(at), 0x01000193);
    two = Math.imul(two ^ question.text.charCodeAt(at), 0x5bd1e995) ^ (two >>> 15);
  }
  return `${folderOf(question)}/${(one >>> 0).toString(36)}-${(two >>> 0).toString(36)}`;
}

/** Removes the oldest answers until the others are few and small enough, and what was begun long ago and never ended. */
function prune(folder: string): void {
  const now = Date.now();
  const files = readdirSync(folder).map((name) => {
    const path = `${folder}/${name}`;
    const { mtimeMs, size } = statSync(path);
    return { path, mtimeMs, size, begun: name.includes('.') };
  });
  for (const { path, begun, mtimeMs } of files) if (begun && now - mtimeMs > BEGUN) rmSync(path, { force: true });
  const answers = files.filter(({ begun }) => !begun).sort((a, b) => b.mtimeMs - a.mtimeMs);
  let size = 0;
  for (const [index, answer] of answers.entries()) {
    size += answer.size;
    if (index >= MOST || (index > 0 && size > LARGEST)) rmSync(answer.path, { force: true });
  }
}
