import { jackknifeError } from "./jackknife.ts";
import type { LeftOut } from "./left-out.ts";
import { resolutionMs } from "./quantile-of.ts";
import { studentQuantile, studentTail } from "./student-t.ts";

/** How much longer one target takes than another at a quantile, and how sure that is. */
export interface Difference {
  readonly deltaMs: number;
  readonly errorMs: number;
  /** Degrees of freedom of Student's t. */
  readonly degrees: number;
}

/**
 * The difference between merged quantiles, with the error that the jackknife gives it: how much it changes when one group of
 * rounds is left out. What was common to both in a round cancels, because both lose the same rounds; and the interval belongs to
 * the very number that is reported, where the mean of the rounds' own quantiles would be another one (99 % of a hundred
 * requests are not 99 % of them all).
 *
 * @see Tukey (1958); Shao & Wu (1989) for quantiles, when groups and not single samples are left out
 */
export function differenceOf(a: LeftOut, b: LeftOut): Difference {
  const groups = a.without.length;
  const deltas = a.without.map((value, group) => value - (b.without[group] ?? Number.NaN));
  return {
    deltaMs: a.merged - b.merged,
    errorMs: jackknifeError(deltas, Math.hypot(resolutionMs(a.merged), resolutionMs(b.merged))),
    degrees: groups - 1,
  };
}

/** How far to either side of the difference the truth may lie. @param confidence in (0, 1) */
export const halfWidthMs = ({ errorMs, degrees }: Difference, confidence: number): number =>
  errorMs * studentQuantile(1 - (1 - confidence) / 2, degrees);

/** How likely a difference so large, either way, would be if there were none. */
export const pOfNone = ({ deltaMs, errorMs, degrees }: Difference): number =>
  Math.min(1, 2 * studentTail(Math.abs(deltaMs) / errorMs, degrees));

/**
 * How likely a difference so small would be if there were one of `marginMs` or more: two one-sided tests.
 *
 * @see Schuirmann (1987)
 */
export const pBeyond = ({ deltaMs, errorMs, degrees }: Difference, marginMs: number): number =>
  studentTail((marginMs - Math.abs(deltaMs)) / errorMs, degrees);
