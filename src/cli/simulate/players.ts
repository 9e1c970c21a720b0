import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { joined, type Sample, sample } from '../../simulate/sample.ts';
import type { Span } from '../../simulate/series.ts';
import type { World } from '../../simulate/world.ts';
import { Unusable } from '../unusable.ts';
import type { Order } from './worker.ts';

/** Somebody who plays runs. */
export interface Player {
  play(span: Span): Promise<Sample>;
  /** Goes away, whatever it is doing. */
  dismiss(): void;
}

/** How long this thread plays before it looks up, in milliseconds. */
const BREATH = 50;

/** Plays in this thread, and looks up now and then: for interrupts, and for what others have played. */
export function localPlayer(world: World, seed: string, look: () => boolean): Player {
  return {
    async play({ from, to }) {
      const parts: Sample[] = [];
      let pace = 1;
      for (let run = from; run <= to; ) {
        const last = Math.min(to, run + pace - 1);
        const start = performance.now();
        parts.push(sample(world, seed, run, last));
        const took = performance.now() - start;
        pace = Math.max(1, Math.min(pace * 4, Math.floor((pace * BREATH) / Math.max(took, 0.1))));
        run = last + 1;
        await new Promise((resolve) => setImmediate(resolve));
        if (!look()) break;
      }
      return joined(parts);
    },
    dismiss: () => {},
  };
}

/** The file of the shipped command that this is a part of, which worker threads run too. It is not there while the source runs as it is. */
const FILE = fileURLToPath(new URL('./cli-commands-simulate.cjs', import.meta.url));

/** Whether worker threads can be had. */
export function hasWorkers(): boolean {
  return existsSync(FILE);
}

/** Plays in a thread of its own. Fails with one sentence where the sources are no longer what the command has read. */
export function workerPlayer(order: Order): Player {
  const worker = new Worker(`require(${JSON.stringify(FILE)}).simulateInThread()`, { eval: true, workerData: order });
  worker.unref();
  return {
    play: (span) =>
      new Promise<Sample>((resolve, reject) => {
        const changed = 'The team or the scenario was changed while it was played; start again.';
        worker.ref();
        worker.once('error', reject);
        worker.once('message', (found: Sample | undefined) => {
          worker.unref();
          worker.off('error', reject);
          if (found) resolve(found);
          else reject(new Unusable(changed));
        });
        worker.postMessage(span);
      }),
    dismiss: () => void worker.terminate(),
  };
}
