import { incompleteBeta } from "./incomplete-beta.ts";

/**
 * The probability that Student's t with so many degrees of freedom exceeds `t`.
 *
 * @see https://dlmf.nist.gov/8.17 and Abramowitz & Stegun 26.7.1
 */
export function studentTail(t: number, degrees: number): number {
  if (t < 0) return 1 - studentTail(-t, degrees);
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
}

/**
 * The value that Student's t does not exceed with probability `p`: by halving, because it runs a few hundred times a report
 * and must be right for every degree of freedom, not quick.
 *
 * @param p in (0, 1)
 */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1) || !(degrees > 0)) throw new RangeError(`no quantile ${p} of t with ${degrees} degrees`);
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  let low = 0;
  let high = 1;
  while (studentTail(high, degrees) > 1 - p) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (studentTail(middle, degrees) > 1 - p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
