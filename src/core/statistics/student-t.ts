import { incompleteBeta } from "./incomplete-beta.ts";
import { logGamma } from "./log-gamma.ts";
import { normalQuantile } from "./normal-quantile.ts";

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
 * The value that Student's t does not exceed with probability `p`: by Newton's method from the normal quantile, which lies
 * below it. The tail is convex there, so that no step goes too far.
 *
 * @param p in (0, 1)
 * @see Abramowitz & Stegun 26.7.5, the expansion for many degrees
 */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1) || !(degrees > 0)) throw new RangeError(`no quantile ${p} of t with ${degrees} degrees`);
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  const z = normalQuantile(p);
  if (degrees > nearlyNormal) return z + (z ** 3 + z) / (4 * degrees);
  let t = z;
  for (let step = 0; step < stepsMax; step++) {
    const further = (studentTail(t, degrees) - (1 - p)) / density(t, degrees);
    t += further;
    if (!(further > t * 1e-14)) break;
  }
  return t;
}

const stepsMax = 200;

/** So many degrees differ from the normal distribution by one part in a million, and the tail loses its digits soon after. */
const nearlyNormal = 1e6;

const density = (t: number, degrees: number): number =>
  Math.exp(logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - ((degrees + 1) / 2) * Math.log1p((t * t) / degrees)) /
  Math.sqrt(degrees * Math.PI);
