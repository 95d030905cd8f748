import { incompleteBeta } from "./incomplete-beta.ts";

/**
 * The probability of `k` successes or fewer in `n` trials.
 *
 * @param k whole, from 0
 * @param p of a success, in [0, 1]
 * @see https://dlmf.nist.gov/8.17 (8.17.5)
 */
export const binomialUpTo = (k: number, n: number, p: number): number =>
  k >= n ? 1 : incompleteBeta(1 - p, n - k, k + 1);
