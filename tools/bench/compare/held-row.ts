import { binomialUpTo } from "#core/statistics/binomial.ts";
import { normalQuantile } from "#core/statistics/normal-quantile.ts";
import { studentTail } from "#core/statistics/student-t.ts";
import type { Row } from "../load/row.ts";

const confidence = 0.95;

/** What comes by chance less often than this is taken for a broken promise. */
export const rare = 0.05;

export const per100 = (share: number): string => `${Number((share * 100).toPrecision(2))} of 100`;

/**
 * How many intervals hold the truth, and how often so few would by chance.
 *
 * @param larger by how many times the sample is larger that the truth is from, when it is another one than the interval's: it
 *   errs as well, by so much less. Null: the very same sample
 */
export function heldRow(of: string, held: readonly boolean[], larger: number | null): Row {
  const count = held.filter(Boolean).length;
  const share = larger === null ? confidence : heldShare(larger);
  const chance = binomialUpTo(count, held.length, share);
  const wanted = `${(share * held.length).toFixed(1)} are to be expected`;
  const judged = chance < rare ? `TOO FEW: so few or fewer come by chance in ${per100(chance)} benches` : "not too few";
  return {
    name: `known delays: intervals that hold what the lab added to ${of}`,
    value: count,
    unit: `of ${held.length}`,
    note: `${wanted}; ${judged}`,
  };
}

/** How many intervals of a sample hold what another, so many times larger, says. */
const heldShare = (larger: number): number => {
  const z = normalQuantile(1 - (1 - confidence) / 2) / Math.sqrt(1 + 1 / larger);
  return 1 - 2 * studentTail(z, normalDegrees);
};

/** With so many degrees of freedom Student's t is the normal distribution. */
const normalDegrees = 1e9;
