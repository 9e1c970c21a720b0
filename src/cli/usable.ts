import { Trouble } from '../workspace/trouble.ts';
import { Unusable } from './unusable.ts';

/** Does something to the disk; what stands in the way is told in one sentence. */
export async function usable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Trouble) throw new Unusable(error.message);
    throw error;
  }
}
