/** An interval that holds a share with some confidence, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval for a share of which `hits` of `trials` were seen (Wilson 1927). */
export function wilson(hits: number, trials: number, confidence = 0.95): Interval {
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const share = hits / trials;
  const square = (z * z) / trials;
  const center = share + square / 2;
  const spread = z * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials));
  const [low, high] = [(center - spread) / (1 + square), (center + spread) / (1 + square)];
  return { low: hits === 0 ? 0 : Math.max(0, low), high: hits === trials ? 1 : Math.min(1, high) };
}

/** The value below which a share of the sorted values lies: one of the values, never one in between. */
export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return 0;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/**
 * The interval of order statistics that holds a quantile with some confidence, by the normal approximation of the binomial.
 * An end beyond the least or the greatest value is that value where it will do, and is left out where there are too few.
 */
export function quantileInterval(sorted: readonly number[], share: number, confidence = 0.95): Partial<Interval> {
  const n = sorted.length;
  const tail = (1 - confidence) / 2;
  const spread = normalQuantile(1 - tail) * Math.sqrt(n * share * (1 - share));
  const low = sorted[Math.round(n * share - spread) - 1] ?? ((1 - share) ** n <= tail ? sorted[0] : undefined);
  const high = sorted[Math.round(n * share + spread)] ?? (share ** n <= tail ? sorted[n - 1] : undefined);
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}

const A = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
];
const B = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1];
const C = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const D = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];

/** The quantile of the normal distribution: Acklam's rational approximation, exact to nine digits. */
export function normalQuantile(share: number): number {
  if (share <= 0) return Number.NEGATIVE_INFINITY;
  if (share < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(share));
    return polynomial(C, q) / (polynomial(D, q) * q + 1);
  }
  if (share > 1 - 0.02425) return -normalQuantile(1 - share);
  const q = share - 0.5;
  const r = q * q;
  return (polynomial(A, r) * q) / (polynomial(B, r) * r + 1);
}

function polynomial(factors: readonly number[], x: number): number {
  return factors.reduce((sum, factor) => sum * x + factor, 0);
}
