import { failingSentences, pairGroups, pairSentence } from "./comparison-answers.ts";
import { quantileName } from "./comparison-words.ts";
import type { JunitCase, JunitSuite } from "./junit-cases.ts";
import type { ReportedComparison } from "./reported-comparison.ts";

/**
 * A suite for all pairs, a case a pair and quantile. That paths differ is no failure; a target that failed is. A quantile that
 * stayed open is skipped where its pair has an answer at another, and an error where it has none: as the exit code has it.
 */
export function comparisonSuite(comparison: ReportedComparison): JunitSuite {
  const failing = failingSentences(comparison);
  const cases = pairGroups(comparison).flatMap((group) => {
    const open = group.pairs.every(({ verdict }) => verdict === "inconclusive");
    return group.pairs.map((pair): JunitCase => {
      const failed = failing.get(pair.a) ?? failing.get(pair.b);
      const verdict =
        failed !== undefined ? "fail" : pair.verdict !== "inconclusive" ? "pass" : open ? "inconclusive" : "skipped";
      return {
        name: `${pair.a} compared with ${pair.b} at ${quantileName(pair.quantile)}`,
        className: `compare.${pair.connections}`,
        verdict,
        type: failed === undefined ? "inconclusive" : "failed-requests",
        message: failed ?? `${pairSentence(pair)}.`,
        details: pair.warnings,
        elapsedMs: 0,
      };
    });
  });
  const elapsedMs = comparison.design.durationMs;
  const [first, ...rest] = cases;
  return { name: "compare", kind: "comparison", cases: first === undefined ? [] : [{ ...first, elapsedMs }, ...rest] };
}
