import { binomialUpTo } from "./binomial.ts";
import type { Counted } from "./histogram.ts";
import { jackknifeError } from "./jackknife.ts";
import { groupCount, groupsMin, inRounds, leftOut, samplesMin } from "./left-out.ts";
import { cumulate, firstIndex, quantileOf, resolutionMs } from "./quantile-of.ts";
import { studentQuantile } from "./student-t.ts";

/** Between which values, in milliseconds, a quantile lies with the confidence asked for; or how many samples that takes. */
export type QuantileInterval =
  | { readonly kind: "interval"; readonly valueMs: number; readonly lowMs: number; readonly highMs: number }
  | { readonly kind: "too-few"; readonly unit: "samples" | "rounds"; readonly have: number; readonly need: number };

/**
 * For samples that have nothing to do with each other, whatever their distribution. Requests of a load seldom are such: what slows
 * one slows its neighbours, and then this is too narrow. Where there are rounds, `intervalOverRounds` is the honest one.
 *
 * @see David & Nagaraja, Order Statistics, 7.1
 */
export function intervalOfSamples(samples: Counted, quantile: number, confidence: number): QuantileInterval {
  const have = samples.count;
  const each = (1 - confidence) / 2;
  const need = Math.ceil(Math.log(each) / Math.log(Math.max(quantile, 1 - quantile)));
  if (have < need) return { kind: "too-few", unit: "samples", have, need };
  const whole = cumulate([samples]);
  const [low, high] = ranksAround(have, quantile, confidence);
  const at = (rank: number): number => quantileOf(whole, (rank - 0.5) / have);
  return { kind: "interval", valueMs: quantileOf(whole, quantile), lowMs: at(low), highMs: at(high) };
}

/** Ranks, from 1, of the samples between which the quantile lies; 0 and n + 1 mean that there is no such sample. */
export function ranksAround(n: number, quantile: number, confidence: number): readonly [low: number, high: number] {
  const each = (1 - confidence) / 2;
  return [
    firstIndex(n + 1, (k) => binomialUpTo(k, n, quantile) > each),
    firstIndex(n + 1, (k) => binomialUpTo(k, n, quantile) >= 1 - each) + 1,
  ];
}

/** For rounds or other stretches of time, each longer than what disturbs its requests; empty ones are left out. */
export function intervalOverRounds(
  rounds: readonly (Counted | null)[],
  quantile: number,
  confidence: number,
): QuantileInterval {
  const answered = rounds.filter((round) => round !== null).filter(({ count }) => count > 0);
  const samples = answered.reduce((sum, { count }) => sum + count, 0);
  if (answered.length < groupsMin) return { kind: "too-few", unit: "rounds", have: answered.length, need: groupsMin };
  const need = samplesMin(quantile);
  if (samples < need) return { kind: "too-few", unit: "samples", have: samples, need };
  const groups = groupCount(answered.length, samples, quantile);
  const { merged, without } = leftOut(inRounds(answered), groups, quantile);
  const half = jackknifeError(without, resolutionMs(merged)) * studentQuantile(1 - (1 - confidence) / 2, groups - 1);
  return { kind: "interval", valueMs: merged, lowMs: Math.max(0, merged - half), highMs: merged + half };
}
