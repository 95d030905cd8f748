import type { Difference } from "./difference.ts";
import { groupsMin } from "./left-out.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { firstIndex } from "./quantile-of.ts";
import { studentQuantile } from "./student-t.ts";

/** What a comparison promises. */
export interface Assurance {
  /** The share of comparisons that may claim anything false. */
  readonly alpha: number;
  /** The share of true differences that is to be seen. */
  readonly power: number;
  /** Pairs times quantiles: each gets its part of `alpha`. */
  readonly questions: number;
}

/**
 * The smallest true difference that so many rounds would most likely have shown.
 *
 * @see Bloom (1995), Minimum detectable effects
 */
export const smallestVisibleMs = ({ errorMs, degrees }: Difference, assurance: Assurance): number =>
  errorMs * factor(degrees, assurance);

const factor = (degrees: number, { alpha, power, questions }: Assurance): number =>
  studentQuantile(1 - alpha / (2 * questions), degrees) + studentQuantile(power, degrees);

/** The same for being told equivalent, when there is no difference at all. */
const equivalenceFactor = (degrees: number, { alpha, power, questions }: Assurance): number =>
  studentQuantile(1 - alpha / questions, degrees) + studentQuantile((1 + power) / 2, degrees);

export interface RoundsNeeded {
  /** If the rounds to come are like those seen. */
  readonly expected: number;
  /** So many are enough in four of five cases: a few rounds tell little of how much rounds differ. */
  readonly cautious: number;
}

/**
 * How many rounds it takes until a difference of `marginMs` is seen and none is told equivalent, both with the promised power,
 * judged from the rounds of a pilot, or of a run that could not tell.
 */
export function roundsNeeded(
  difference: Difference,
  rounds: number,
  marginMs: number,
  assurance: Assurance,
): RoundsNeeded {
  const oneRoundMs = difference.errorMs * Math.sqrt(rounds);
  return {
    expected: roundsFor(oneRoundMs, marginMs, assurance),
    cautious: roundsFor(oneRoundMs * deviationAtMost(difference.degrees), marginMs, assurance),
  };
}

function roundsFor(oneRoundMs: number, marginMs: number, assurance: Assurance): number {
  const enoughIf = (rounds: number): number => {
    const worst = Math.max(factor(rounds - 1, assurance), equivalenceFactor(rounds - 1, assurance));
    return Math.max(groupsMin, Math.ceil(((oneRoundMs * worst) / marginMs) ** 2));
  };
  // The more rounds, the smaller Student's t: what few would ask for is too much, and what that would ask for is too little.
  const atMost = enoughIf(enoughIf(enoughIf(groupsMin)));
  const atLeast = enoughIf(atMost);
  return atLeast + firstIndex(atMost - atLeast, (more) => enoughIf(atLeast + more) <= atLeast + more);
}

/**
 * By how much a deviation estimated with so many degrees of freedom has to be raised to be too small in one case of five only.
 *
 * @see Browne (1995), Statistics in Medicine 14; the chi-squared quantile after Wilson & Hilferty (1931)
 */
function deviationAtMost(degrees: number): number {
  const ninth = 2 / (9 * degrees);
  const chiSquaredShare = (1 - ninth + normalQuantile(0.2) * Math.sqrt(ninth)) ** 3;
  return 1 / Math.sqrt(chiSquaredShare);
}
