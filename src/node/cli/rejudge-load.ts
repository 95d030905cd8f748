import type { SavedRun } from "#core/observations/saved-run.ts";
import { type LoadEnd, readLoadEnd, readSavedLoad } from "#core/plan/saved-load.ts";
import { assembleLoadReport } from "#core/reporters/assemble-load.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { unknownMachine } from "#core/statistics/saturation.ts";
import { addSavedTally } from "#core/statistics/saved-tally.ts";
import { createTally } from "#core/statistics/tally.ts";
import type { Target } from "#core/targets/target.ts";
import { packing } from "./load/packing.ts";
import { readVantage } from "./vantage.ts";

/** Of a run that was killed: the last line is missing. */
export const endless: LoadEnd = {
  complete: false,
  reasons: ["the run did not come to its end"],
  notes: ["The run did not come to its end: this is what had been saved until then."],
  ...unknownMachine,
  endedEarly: null,
};

/** A saved load, judged and assembled again from its tallies; null when it is not one. @param onProblem with a line that was left out */
export function rejudgeLoad(
  { start, tallies, end }: Extract<SavedRun, { kind: "run" }>,
  targets: readonly Target[],
  onProblem: (line: number, problem: string) => void,
): RunReport | null {
  const load = readSavedLoad(start.load);
  if (load === null) return null;
  const tally = createTally(load.plan);
  for (const { line, value } of tallies) {
    const problem = addSavedTally(tally, value, packing);
    if (problem !== null) onProblem(line, problem);
  }
  return assembleLoadReport({
    load,
    end: readLoadEnd(end?.load) ?? endless,
    tally,
    targets,
    vantage: { ...readVantage({}), ...start.vantage },
    startedAt: start.startedAt,
    elapsedMs: end?.elapsedMs ?? 0,
    interrupted: end?.interrupted ?? true,
    pack: packing.pack,
  });
}
