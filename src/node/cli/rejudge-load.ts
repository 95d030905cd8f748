import type { SavedRun } from "#core/observations/saved-run.ts";
import { readSavedLoad } from "#core/plan/saved-load.ts";
import { assembleLoadReport } from "#core/reporters/assemble-load.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { addSavedTally } from "#core/statistics/saved-tally.ts";
import { createTally } from "#core/statistics/tally.ts";
import type { Target } from "#core/targets/target.ts";
import { packing } from "./load/packing.ts";
import { savedFrame } from "./saved-frame.ts";

/** A saved load, judged and assembled again from its tallies; null when it is not one. @param onProblem with a line that was left out */
export function rejudgeLoad(
  saved: Extract<SavedRun, { kind: "run" }>,
  targets: readonly Target[],
  onProblem: (line: number, problem: string) => void,
): RunReport | null {
  const load = readSavedLoad(saved.start.load);
  if (load === null) return null;
  const tally = createTally(load.plan);
  for (const { line, value } of saved.tallies) {
    const problem = addSavedTally(tally, value, packing);
    if (problem !== null) onProblem(line, problem);
  }
  return assembleLoadReport({
    load,
    tally,
    targets,
    ...savedFrame(saved),
  });
}
