import { parentPort, workerData } from 'node:worker_threads';
import { rulebook } from '../../simulate/rulebook.ts';
import { sample } from '../../simulate/sample.ts';
import type { Span } from '../../simulate/series.ts';
import { worldOf } from '../../simulate/world.ts';
import { Disk } from '../../workspace/disk.ts';
import { playsOf, sourcesOf, targetNamed } from './input.ts';

/** What a worker thread is to play: the same words as the command was given, read again. */
export interface Order {
  readonly cwd: string;
  readonly words: readonly string[];
  readonly target: string | undefined;
  readonly seed: string;
  /** Names the content of what the command read. */
  readonly sources: string;
}

/** Plays the spans of runs that it is sent, and sends back what they come to; nothing if the sources have changed. */
export function playInWorker(): void {
  const { cwd, words, target, seed, sources } = workerData as Order;
  const port = parentPort!;
  const [played] = playsOf(new Disk(cwd), words);
  if (!played || sourcesOf([played]) !== sources) {
    port.postMessage(undefined);
    return;
  }
  const { team, scenario } = played;
  const world = worldOf(team.team, scenario, rulebook(targetNamed(target ?? scenario.target)));
  port.on('message', ({ from, to }: Span) => port.postMessage(sample(world, seed, from, to)));
}
