import type { Dice } from '../../dice.ts';
import type { Reader } from './reader.ts';

/** Reads a text, and answers how long that took, in milliseconds. */
export async function read({ read: reads, refuses = [] }: Reader, text: string, dice: Dice): Promise<number> {
  const start = performance.now();
  try {
    const reading = reads(text, dice);
    if (reading instanceof Promise) await reading;
  } catch (error) {
    if (!refuses.some((kind) => error instanceof kind)) throw error;
    if (!/\S/.test((error as Error).message)) throw new Error('A refusal says nothing', { cause: error });
  }
  return performance.now() - start;
}

/** The time of this process for a text, in milliseconds, so that it does not matter what else the machine does. */
export async function costOf(reader: Reader, text: string, dice: Dice): Promise<number> {
  const start = process.cpuUsage();
  await read(reader, text, dice);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
