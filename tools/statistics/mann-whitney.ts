import { studentTail } from "#core/statistics/student-t.ts";

/**
 * The two-sided p-value of Mann and Whitney's test, by its normal approximation: what many tools do with two piles of requests.
 * It takes every request for independent of the others, which is what goes wrong. No two values may be equal.
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const sorted = Float64Array.from([...a, ...b]).sort();
  const rankSum = a.reduce((sum, value) => sum + lowerBound(sorted, value) + 1, 0);
  const u = rankSum - (a.length * (a.length + 1)) / 2;
  const deviation = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
  // With so many degrees of freedom Student's t is the normal distribution.
  return Math.min(1, 2 * studentTail(Math.abs(u - (a.length * b.length) / 2) / deviation, 1e9));
}

function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
