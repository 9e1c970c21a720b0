import { setFlagsFromString } from 'node:v8';
import type { Disk } from '../workspace/disk.ts';

/** How many roles are few: below, a run ends before optimized code has paid for what it took to make. */
const FEW = 250;

/** The first version of Node in which it makes no difference. */
const EVEN = 24;

/**
 * Spares a short run V8's optimizing compiler: a hundred roles are checked in three quarters of the time without it. It is
 * called back as soon as a team turns out to have many roles. For runs that end soon only, since it holds for the process.
 */
export function paceFor(disk: Disk): void {
  if (Number.parseInt(process.versions.node, 10) >= EVEN) return;
  setFlagsFromString('--no-opt');
  // Code that was compiled under other flags would not be taken again.
  process.prependOnceListener('exit', () => setFlagsFromString('--opt'));
  disk.onRoles = (count) => {
    if (count >= FEW) setFlagsFromString('--opt');
  };
}
