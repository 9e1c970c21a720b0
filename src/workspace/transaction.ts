import {
  accessSync,
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  unlinkSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { JOURNAL, type Journal, type JournalStep, readJournal, STAGE, writeJournal } from './journal.ts';
import { LOCK } from './lock.ts';
import { type Output, OWN_FOLDER, sha256 } from './output.ts';
import type { BuildPlan, Step } from './plan-build.ts';
import { codeOf, type Trouble, trouble } from './trouble.ts';

/** What is carried out of a plan. */
export type Changes = Pick<BuildPlan, 'steps' | 'make' | 'drop'>;

/** How many files are staged at once. */
const AT_ONCE = 16;

/**
 * Carries a plan out, under a lock. Everything is staged first, where a full disk does no harm; then the journal says
 * that the build is decided, and each file is moved into its place as a whole. What fails on the way is undone.
 */
export async function carryOut(output: Output, { steps, make, drop }: Changes): Promise<void> {
  if (steps.length === 0 && drop.length === 0) return;
  const journal: Journal = { direction: 'complete', steps: steps.map(journalStep), make, drop };
  try {
    mkdirSync(join(output.root, STAGE), { recursive: true });
    for (const step of steps) checkAccess(output, step);
    await stage(output, steps);
    writeJournal(output, journal);
  } catch (error) {
    tidy(output);
    throw trouble(`Nothing was written to "${output.show('')}"`, error);
  }
  try {
    complete(output, journal, false);
  } catch (error) {
    throw undone(output, journal, error);
  }
  tidy(output);
}

/** Completes or undoes what an interrupted build left behind, under a lock. Answers which, if there was anything. */
export function recover(output: Output): Journal['direction'] | undefined {
  const journal = readJournal(output);
  try {
    if (journal?.direction === 'complete') complete(output, journal, true);
    else if (journal) undo(output, journal);
  } catch (error) {
    throw trouble(`The build that was interrupted in "${output.show('')}" can't be completed`, error);
  }
  tidy(output);
  return journal?.direction;
}

/** Whether a build is under way, or was interrupted at any moment: something of it lies in teamc's folder. */
export function isUnderWay(output: Output): boolean {
  return output.names(OWN_FOLDER).some(isPassing);
}

/** What is in teamc's folder only during a build; everything else in it stays. */
function isPassing(name: string): boolean {
  return /^\.(?:lock|journal|stage)(?:\.|$)/.test(name);
}

function journalStep({ path, content, before }: Step): JournalStep {
  return {
    path,
    ...(content === undefined ? {} : { after: sha256(content) }),
    ...(before === undefined ? {} : { before }),
  };
}

/** A folder that may not be written into is better known before anything is. */
function checkAccess(output: Output, { path }: Step): void {
  const full = output.locate(path);
  if (full === undefined) return;
  try {
    accessSync(dirname(full), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw trouble(`Nothing was written, because "${output.show(dirname(path))}" can't be written to`, error);
  }
}

async function stage(output: Output, steps: readonly Step[]): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < steps.length; at = next++) await stageStep(output, steps[at]!, at);
  };
  // All of them end before a failure is told, so that nobody writes any more while it is tidied up.
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

async function stageStep(output: Output, { path, content, before }: Step, at: number): Promise<void> {
  const full = before === undefined ? undefined : output.locate(path);
  if (full !== undefined) keep(full, staged(output, 'old', at));
  if (content === undefined) return;
  const file = await open(staged(output, 'new', at), 'wx');
  try {
    await file.writeFile(content);
    if (full !== undefined) await likeBefore(file, statSync(full));
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** A file that is replaced keeps its mode, and its owner where this user may give it. */
async function likeBefore(file: FileHandle, { mode, uid, gid }: Stats): Promise<void> {
  const own = await file.stat();
  if (own.uid !== uid || own.gid !== gid) await file.chown(uid, gid).catch(() => {});
  if (own.mode !== mode) await file.chmod(mode & 0o7777).catch(() => {});
}

/** Keeps what stands at a path, for the case that the build has to be undone. */
function keep(full: string, copy: string): void {
  try {
    linkSync(full, copy);
  } catch {
    copyFileSync(full, copy);
  }
}

/** Makes each step that is not made yet. After an interruption, what somebody else changed meanwhile stays as it is. */
function complete(output: Output, { steps, make, drop }: Journal, again: boolean): void {
  for (const folder of make) makeFolder(output, folder);
  const order = [...steps.entries()].toSorted(
    ([, a], [, b]) => Number(a.after !== undefined) - Number(b.after !== undefined),
  );
  for (const [at, step] of order) if (!again || isOpen(output, step)) settle(output, step, at);
  for (const folder of drop) dropFolder(output, folder);
}

function isOpen(output: Output, { path, before, after }: JournalStep): boolean {
  const standing = output.look(path)?.sha256;
  return standing !== after && standing === before;
}

function settle(output: Output, { path, before, after }: JournalStep, at: number): void {
  const full = output.locate(path)!;
  try {
    if (after === undefined) unlinkSync(full);
    else if (before === undefined) place(staged(output, 'new', at), full);
    else move(staged(output, 'new', at), full);
  } catch (error) {
    throw trouble(`"${output.show(path)}" can't be written`, error);
  }
}

/** Puts a new file into its place. What somebody else put there meanwhile stays, as far as the disk can tell. */
function place(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    move(from, to);
  }
}

/** Renames a file into its place, over another disk too. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    const beside = `${to}.teamc-new`;
    copyFileSync(from, beside);
    renameSync(beside, to);
  }
}

function undone(output: Output, journal: Journal, error: unknown): Trouble {
  const why = trouble(`Nothing was written to "${output.show('')}"`, error);
  try {
    writeJournal(output, { ...journal, direction: 'undo' });
    undo(output, journal);
    tidy(output);
    return why;
  } catch {
    return trouble(`${why.message} What was begun could not be undone; the next build will try again`, error);
  }
}

/** Puts back what stood there, wherever a step was made. */
function undo(output: Output, { steps, make }: Journal): void {
  for (const [at, { path, before, after }] of steps.entries()) {
    if (output.look(path)?.sha256 !== after) continue;
    const full = output.locate(path);
    if (full === undefined) continue;
    if (before !== undefined) move(staged(output, 'old', at), full);
    else if (after !== undefined) unlinkSync(full);
  }
  for (const folder of make.toReversed()) dropFolder(output, folder);
}

function makeFolder(output: Output, folder: string): void {
  if (output.hasFolder(folder)) return;
  const full = output.locate(folder);
  try {
    if (full !== undefined) mkdirSync(full);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw trouble(`The folder "${output.show(folder)}" can't be made`, error);
  }
  output.forget();
}

/** A folder that is not empty, or can't go, stays: that is no reason to take a build back. */
function dropFolder(output: Output, folder: string): void {
  try {
    const full = output.hasFolder(folder) ? output.locate(folder) : undefined;
    if (full !== undefined) rmdirSync(full);
  } catch {
    // It stays.
  }
  output.forget();
}

/** The journal goes first: without it what is staged means nothing. The lock is for its holder to remove. */
function tidy(output: Output): void {
  rmSync(join(output.root, JOURNAL), { force: true });
  output.forget();
  for (const name of output.names(OWN_FOLDER))
    if (isPassing(name) && `${OWN_FOLDER}/${name}` !== LOCK)
      rmSync(join(output.root, OWN_FOLDER, name), { force: true, recursive: true });
}

function staged(output: Output, kind: 'new' | 'old', at: number): string {
  return join(output.root, STAGE, `${kind}-${at}`);
}
