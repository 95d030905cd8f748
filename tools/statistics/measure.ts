import { type Ms, ms } from "#core/units.ts";
import { type Design, naiveClaimsDifference, simulateComparison, trueDeltas } from "./simulate.ts";

/** Shares of simulated comparisons. */
export interface Measured {
  /** In which the interval held the truth, for each quantile. */
  readonly coverage: readonly number[];
  /** Mean width of the intervals, in ms, for each quantile. */
  readonly widthMs: readonly number[];
  /** In which any quantile was called faster or slower. */
  readonly claimed: number;
  /** In which the median was. */
  readonly claimedAtMedian: number;
  /** In which any quantile was called equivalent. */
  readonly equivalent: number;
  readonly equivalentAtMedian: number;
  /** Mean, at the median. */
  readonly smallestVisibleMs: number;
}

/** @param marginMs far below the differences asked about, where equivalence is not what is measured */
export function measure(design: Design, repeats: number, seed: number, marginMs: Ms = ms(0.01)): Measured {
  const truth = trueDeltas(design, seed);
  const runs = Array.from(
    { length: repeats },
    (_, repeat) => simulateComparison(design, seed + repeat, marginMs).pairs,
  );
  const share = (holds: (pairs: (typeof runs)[number]) => boolean) => runs.filter(holds).length / repeats;
  const average = (of: (pairs: (typeof runs)[number]) => number) =>
    runs.reduce((sum, pairs) => sum + of(pairs), 0) / repeats;
  const differs = (verdict: string | undefined) => verdict === "faster" || verdict === "slower";
  return {
    coverage: truth.map((delta, index) =>
      share((pairs) => {
        const pair = pairs[index];
        return pair?.lowMs != null && pair.lowMs <= delta && delta <= pair.highMs;
      }),
    ),
    widthMs: truth.map((_, index) => average((pairs) => (pairs[index]?.highMs ?? 0) - (pairs[index]?.lowMs ?? 0))),
    claimed: share((pairs) => pairs.some(({ verdict }) => differs(verdict))),
    claimedAtMedian: share(([median]) => differs(median?.verdict)),
    equivalent: share((pairs) => pairs.some(({ verdict }) => verdict === "equivalent")),
    equivalentAtMedian: share(([median]) => median?.verdict === "equivalent"),
    smallestVisibleMs: average(([median]) => median?.smallestVisibleMs ?? Number.NaN),
  };
}

/** How often comparing one after the other sees a difference where there is none. */
export const measureNaive = (design: Design, repeats: number, seed: number): number =>
  Array.from({ length: repeats }, (_, repeat) => naiveClaimsDifference(design, seed + repeat)).filter(Boolean).length /
  repeats;
