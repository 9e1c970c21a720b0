import { UnsupportedPattern } from '../pattern/expression.ts';
import { Unusable } from './unusable.ts';

/** Answers a question about permissions; a pattern that is too large to be decided is told in a sentence. */
export function decided<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof UnsupportedPattern) throw new Unusable(error.message);
    throw error;
  }
}
