import type { VerdictKind } from "./overall-verdict.ts";

/** As much of a comparison as decides its verdict. */
export interface ComparisonOutcome {
  readonly pairs: readonly {
    readonly a: string;
    readonly b: string;
    readonly connections: string;
    readonly verdict: "faster" | "slower" | "equivalent" | "inconclusive";
  }[];
  /** Targets that failed so many of their requests that what they answered says too little. */
  readonly failing: readonly string[];
  /** What keeps it from being relied on: a saturated generator, an end before its time. */
  readonly doubts: readonly string[];
}

/**
 * `fail`: a target could not be compared, because it failed · `inconclusive`: the whole is in doubt, or for some pair
 * inconclusive was all that could be said, at every quantile · `pass`: every pair got an answer.
 */
export function comparisonVerdict({ pairs, failing, doubts }: ComparisonOutcome): VerdictKind {
  if (failing.length > 0) return "fail";
  if (doubts.length > 0 || pairs.length === 0) return "inconclusive";
  const keyOf = ({ a, b, connections }: ComparisonOutcome["pairs"][number]): string =>
    JSON.stringify([a, b, connections]);
  const answered = new Set(pairs.filter(({ verdict }) => verdict !== "inconclusive").map(keyOf));
  return pairs.every((pair) => answered.has(keyOf(pair))) ? "pass" : "inconclusive";
}

/**
 * A target that fails more of its requests than this cannot be compared: what would have been its slowest hundredth is missing
 * from its latencies, and with it p99.
 */
export const failedShareMax = 0.01;

/** What failing costs a target, said the same everywhere. */
export function failingSentence({
  target,
  connections,
  requests,
  failures,
}: {
  readonly target: string;
  readonly connections: string;
  readonly requests: number;
  /** By cause code. */
  readonly failures: Readonly<Record<string, number>>;
}): string {
  const byCount = Object.entries(failures).sort(([, a], [, b]) => b - a);
  const failed = byCount.reduce((sum, [, count]) => sum + count, 0);
  return `${target} failed ${failed} of ${requests} requests on ${connections} connections (mostly ${byCount[0]?.[0] ?? "unknown"}): it cannot be compared, for what it answered is not what it was asked.`;
}
