import type { Verdict } from "./verdict.ts";

export type VerdictKind = Verdict["kind"];

const worstFirst: readonly VerdictKind[] = ["fail", "inconclusive", "pass", "skipped"];

/**
 * The verdict on a whole run: one failure fails it, and what could not be concluded keeps it from passing. What was skipped
 * counts for nothing; a run in which nothing was asked is skipped.
 */
export const overallVerdict = (verdicts: readonly { readonly kind: VerdictKind }[]): VerdictKind =>
  worstFirst.find((kind) => verdicts.some((verdict) => verdict.kind === kind)) ?? "skipped";
