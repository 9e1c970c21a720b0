import type { NumberBound } from '../team/scenario.ts';

/**
 * On which side of a bound a share lies, by Wald's sequential probability ratio test (1945); nothing as long as that is not
 * clear. It may be asked after every run: that it errs is as unlikely as the confidence says, for shares that lie further
 * from the bound than `precision`; about those within either answer is right.
 */
function sideOf(
  hits: number,
  trials: number,
  bound: number,
  precision: number,
  confidence: number,
): 'above' | 'below' | undefined {
  const high = Math.min(1 - TINY, bound + precision);
  const low = Math.max(TINY, bound - precision);
  const ratio = hits * Math.log(high / low) + (trials - hits) * Math.log((1 - high) / (1 - low));
  const enough = Math.log(confidence / (1 - confidence));
  return ratio >= enough ? 'above' : ratio <= -enough ? 'below' : undefined;
}

const TINY = 1e-6;

/** Whether a share keeps all its bounds, by the sequential test; nothing as long as that is not clear. */
export function sequentially(
  hits: number,
  trials: number,
  bounds: readonly NumberBound[],
  precision: number,
  confidence: number,
): 'kept' | 'broken' | undefined {
  const sides = bounds.map(([name, bound]) => {
    const side = sideOf(hits, trials, bound, precision, confidence);
    return side && (side === 'above') === (name === 'at-least' || name === 'above');
  });
  if (sides.includes(false)) return 'broken';
  return sides.includes(undefined) ? undefined : 'kept';
}
