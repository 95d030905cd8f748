import type { SavedRun } from "#core/observations/saved-run.ts";
import { readSavedComparison } from "#core/plan/saved-comparison.ts";
import { assembleComparisonReport } from "#core/reporters/assemble-comparison.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { readBlock } from "#core/statistics/saved-block.ts";
import type { Target } from "#core/targets/target.ts";
import { packing } from "./load/packing.ts";
import { savedFrame } from "./saved-frame.ts";

/** A saved comparison, judged and assembled again from its blocks; null when it is not one. @param onProblem with a line that was left out */
export function rejudgeComparison(
  saved: Extract<SavedRun, { kind: "run" }>,
  targets: readonly Target[],
  onProblem: (line: number, problem: string) => void,
): RunReport | null {
  const comparison = readSavedComparison(saved.start.comparison);
  if (comparison === null) return null;
  const records = saved.blocks.flatMap(({ line, value }) => {
    const read = readBlock(value, packing);
    if (read.kind === "ok") return [read.block];
    onProblem(line, read.problem);
    return [];
  });
  // A block was saved once all that was due was known of, and again if something came after all.
  const last = new Map(records.map((record) => [record.number, record]));
  return assembleComparisonReport({
    comparison,
    records: [...last.values()],
    targets,
    ...savedFrame(saved),
  });
}
