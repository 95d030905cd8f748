import { readRule, type ThresholdRule } from "#core/config/threshold-rule.ts";
import type { LoadFigures } from "./load-figures.ts";
import { showPercent, showTime, valueIn } from "./threshold-value.ts";

/** What became of a threshold at one target. */
export interface ThresholdOutcome {
  /** As written. */
  readonly rule: string;
  readonly verdict: "pass" | "fail" | "inconclusive";
  /** With its unit, or why there is none. */
  readonly observed: string;
}

/**
 * Whether a rule holds for a load. Without anything to judge by it is inconclusive, never a pass.
 *
 * @param baseline the same target in a saved run; null when there is none
 */
export function evaluateThreshold(
  rule: ThresholdRule,
  load: LoadFigures,
  baseline: LoadFigures | null,
): ThresholdOutcome {
  const seen = valueIn(rule, load);
  if (seen.kind === "none") return { rule: rule.text, verdict: "inconclusive", observed: seen.why };
  const limit = limitOf(rule, baseline);
  if (limit.kind === "none")
    return { rule: rule.text, verdict: "inconclusive", observed: `${seen.shown}; ${limit.why}` };
  return {
    rule: rule.text,
    verdict: holds(seen.value, rule.operator, limit.value) ? "pass" : "fail",
    observed: `${seen.shown}${limit.note}`,
  };
}

type Limit =
  | { readonly kind: "limit"; readonly value: number; readonly note: string }
  | { readonly kind: "none"; readonly why: string };

function limitOf(rule: ThresholdRule, baseline: LoadFigures | null): Limit {
  const { bound } = rule;
  switch (bound.kind) {
    case "duration":
      return { kind: "limit", value: bound.ms, note: "" };
    case "share":
      return { kind: "limit", value: bound.share, note: "" };
    case "count":
      return { kind: "limit", value: bound.count, note: "" };
    case "baseline": {
      if (baseline === null)
        return { kind: "none", why: "there is no baseline of this target to compare with (--baseline RUN)" };
      const was = valueIn(rule, baseline);
      if (was.kind === "none") return { kind: "none", why: `in the baseline, ${was.why}` };
      const value = was.value * bound.factor;
      return {
        kind: "limit",
        value,
        note: `; the baseline has ${was.shown}, so the limit is ${showLimit(rule, value)}`,
      };
    }
  }
}

function showLimit({ measure }: ThresholdRule, value: number): string {
  if (measure.kind === "time") return showTime(value);
  return measure.kind === "count" && measure.name === "requests" ? `${Number(value.toFixed(1))}` : showPercent(value);
}

function holds(value: number, operator: ThresholdRule["operator"], limit: number): boolean {
  switch (operator) {
    case "<":
      return value < limit;
    case "<=":
      return value <= limit;
    case ">":
      return value > limit;
    case ">=":
      return value >= limit;
    case "==":
      return value === limit;
  }
}

/** Asked of a load that names no threshold: a load of which nothing came back must not pass for want of a question. */
export const defaultThreshold = "failures < 100%";

/** The rules of a load, as the config wrote them. @throws RangeError for one that the config would have refused */
export function rulesOf(written: readonly string[]): readonly ThresholdRule[] {
  return (written.length === 0 ? [defaultThreshold] : written).map((text) => {
    const read = readRule(text);
    if (read.kind === "wrong") throw new RangeError(`a threshold, ${JSON.stringify(text)}: expected ${read.expected}`);
    return read.rule;
  });
}
