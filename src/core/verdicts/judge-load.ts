import type { ThresholdRule } from "#core/config/threshold-rule.ts";
import type { LoadFigures } from "./load-figures.ts";
import { evaluateThreshold, type ThresholdOutcome } from "./threshold-outcome.ts";

/** What keeps a load from passing, whatever its thresholds say. */
export interface Doubts {
  /** Why it is at best inconclusive: interrupted, the generator saturated, a script that threw … Each continues "but ". */
  readonly reasons: readonly string[];
  /** Whether its times may be the generator's own; then a broken limit on them is no failure of the target either. */
  readonly timesDoubtful: boolean;
}

/** Every threshold of a load at one target, no better than the load's own worth allows. */
export function judgeLoad(
  rules: readonly ThresholdRule[],
  load: LoadFigures,
  baseline: LoadFigures | null,
  { reasons, timesDoubtful }: Doubts,
): readonly ThresholdOutcome[] {
  const [reason] = reasons;
  return rules.map((rule) => {
    const outcome = evaluateThreshold(rule, load, baseline);
    const unsure = outcome.verdict === "pass" || (timesDoubtful && rule.measure.kind === "time");
    if (reason === undefined || outcome.verdict === "inconclusive" || !unsure) return outcome;
    return { ...outcome, verdict: "inconclusive", observed: `${outcome.observed}, but ${reason}` };
  });
}
