import { incompleteBeta } from "./incomplete-beta.ts";

/** Between which shares the true one lies. */
export interface ShareInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * For `part` of `whole` that have nothing to do with each other, exactly: never narrower than promised, with few above all. With
 * nothing counted anything may be true.
 *
 * @param confidence in (0, 1)
 * @see Clopper & Pearson (1934); by the beta distribution: https://dlmf.nist.gov/8.17 (8.17.5)
 */
export function shareInterval(part: number, whole: number, confidence: number): ShareInterval {
  const each = (1 - confidence) / 2;
  return {
    low: part <= 0 ? 0 : betaQuantile(each, part, whole - part + 1),
    high: part >= whole ? 1 : betaQuantile(1 - each, part + 1, whole - part),
  };
}

/** Halving 60 times leaves less than a double can tell. */
const halvings = 60;

function betaQuantile(q: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < halvings; step++) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < q) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
