import {
  existsSync,
  linkSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from './make-folder.ts';
import { type Output, OWN_FOLDER } from './output.ts';
import { codeOf, Trouble, trouble } from './trouble.ts';

/** How long a build waits for another one, in milliseconds. */
const PATIENCE = 30_000;

const POLL = 25;

/** The locks that this process holds; its number alone would not tell them from those of a process before it. */
const held = new Set<string>();

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
}

/** The path of the lock, from the output folder. */
export const LOCK = `${OWN_FOLDER}/.lock`;

/** Does something while no other teamc writes into the folder. Fails with a `Trouble` when another one does not end. */
export async function locked<T>(output: Output, work: () => Promise<T>, patience = PATIENCE): Promise<T> {
  const path = join(output.root, LOCK);
  await acquire(output, path, patience);
  try {
    return await work();
  } finally {
    held.delete(path);
    quietly(() => unlinkSync(path));
    quietly(() => rmdirSync(join(output.root, OWN_FOLDER)));
  }
}

async function acquire(output: Output, path: string, patience: number): Promise<void> {
  const until = Date.now() + patience;
  for (let lost = 0; ; ) {
    const taken = take(output, path);
    if (taken === true) return;
    if (taken !== false && ++lost > LOSSES) throw taken;
    const holder = holderOf(path);
    if (holder && !isAlive(holder, path)) putAside(path, holder);
    else if (Date.now() > until) throw busy(output, holder);
    else await sleep(POLL);
  }
}

/** How often another build may take the folder away before it counts as one that can't be made. */
const LOSSES = 20;

/** Makes the lock with all that it says in one step; answers whether it was free, or why its folder is not there. */
function take(output: Output, path: string): boolean | Trouble {
  const own = `${path}.${process.pid}`;
  try {
    makeFolder(join(output.root, OWN_FOLDER));
    writeFileSync(own, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder));
  } catch (error) {
    quietly(() => unlinkSync(own));
    quietly(() => rmdirSync(join(output.root, OWN_FOLDER)));
    if (leadsNowhere(output.root))
      throw new Trouble(
        `The output folder "${output.show('')}" can't be used: it lies behind a link that leads nowhere.`,
      );
    const failed = trouble(`Nothing can be written to "${output.show('')}"`, error);
    // Another build took the folder away meanwhile.
    if (['ENOENT', 'EEXIST'].includes(codeOf(error))) return failed;
    throw failed;
  }
  try {
    linkSync(own, path);
    held.add(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    return codeOf(error) !== 'ENOENT' && takePlainly(output, path);
  } finally {
    quietly(() => unlinkSync(own));
  }
}

/** Whether a path, or the next one above it that is there, is a link to nowhere. */
function leadsNowhere(path: string): boolean {
  const standing = lstatSync(path, { throwIfNoEntry: false });
  if (!standing) return dirname(path) !== path && leadsNowhere(dirname(path));
  return standing.isSymbolicLink() && !existsSync(path);
}

/** For disks without hard links. */
function takePlainly(output: Output, path: string): boolean {
  try {
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder), { flag: 'wx' });
    held.add(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw trouble(`Nothing can be written to "${output.show('')}"`, error);
  }
}

function holderOf(path: string): Holder | undefined {
  try {
    const { pid, host } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the process that made a lock still runs; of another computer nobody can tell. */
function isAlive({ pid, host }: Holder, path: string): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return held.has(path);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Takes a dead process's lock away, unless somebody else did so first and has locked again. */
function putAside(path: string, dead: Holder): void {
  const aside = `${path}.dead.${process.pid}`;
  quietly(() => {
    renameSync(path, aside);
    const found = holderOf(aside);
    if (found && (found.pid !== dead.pid || found.host !== dead.host)) quietly(() => linkSync(aside, path));
    unlinkSync(aside);
  });
}

function busy(output: Output, holder: Holder | undefined): Trouble {
  const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
  return new Trouble(
    `Another teamc (${who}) has been writing for half a minute; if it is gone, remove "${output.show(LOCK)}" and build again.`,
  );
}

function quietly(attempt: () => void): void {
  try {
    attempt();
  } catch {
    // What can't be tidied up is no reason to fail.
  }
}
