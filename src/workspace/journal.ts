import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Output, OWN_FOLDER } from './output.ts';
import { refusal } from './output-path.ts';
import { codeOf, Trouble, trouble } from './trouble.ts';

/** Where new contents and what they replace wait, from the output folder. */
export const STAGE = `${OWN_FOLDER}/.stage`;

/** The journal: while it is there, a build is under way or was interrupted. */
export const JOURNAL = `${OWN_FOLDER}/.journal`;

/** One step of a build: the staged content of a path, or nothing for a path that goes. */
export interface JournalStep {
  readonly path: string;
  /** The fingerprint of the new content; undefined for a path that goes. */
  readonly after?: string;
  /** The fingerprint of what stood there; undefined for a path where nothing was. */
  readonly before?: string;
}

/** All that is needed to complete a build, or to undo it. The content of step n is staged as `new-n`, what it replaces as `old-n`. */
export interface Journal {
  readonly direction: 'complete' | 'undo';
  readonly steps: readonly JournalStep[];
  /** Folders to make, the outermost first. */
  readonly make: readonly string[];
  /** Folders to remove if they are empty, the innermost first. */
  readonly drop: readonly string[];
}

/** Writes the journal, so that it is there as a whole or not at all. */
export function writeJournal(output: Output, journal: Journal): void {
  const path = join(output.root, JOURNAL);
  const beside = `${path}.new`;
  try {
    const file = openSync(beside, 'w');
    try {
      writeAll(file, Buffer.from(JSON.stringify({ teamc: 1, ...journal })));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw trouble(`Nothing was written to "${output.show('')}"`, error);
  }
}

/** The journal of a build that is under way or was interrupted. */
export function readJournal(output: Output): Journal | undefined {
  let text: string;
  try {
    text = readFileSync(join(output.root, JOURNAL), 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw trouble(`"${output.show(JOURNAL)}" can't be read`, error);
  }
  const journal = parse(text);
  if (journal) return journal;
  throw new Trouble(
    `"${output.show(JOURNAL)}" is not what teamc wrote, so an interrupted build can't be completed; remove it and "${output.show(STAGE)}", and build again.`,
  );
}

/** A write may take fewer bytes than it was given. */
export function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

function parse(text: string): Journal | undefined {
  try {
    const data = JSON.parse(text) as Partial<Journal> & { readonly teamc?: unknown };
    const { direction, steps, make, drop } = data;
    const known = data.teamc === 1 && (direction === 'complete' || direction === 'undo');
    if (!known || !steps?.every(isStep) || !make?.every(isInside) || !drop?.every(isInside)) return undefined;
    return { direction, steps, make, drop };
  } catch {
    return undefined;
  }
}

function isStep(step: JournalStep): boolean {
  return isInside(step.path) || /^\.teamc\/[^./][^/]*\.json$/.test(step.path);
}

function isInside(path: string): boolean {
  return typeof path === 'string' && refusal(path) === undefined;
}
