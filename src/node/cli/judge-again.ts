import { decodeRun, type RunStart, restoreTarget } from "#core/observations/saved-run.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import type { Target } from "#core/targets/target.ts";
import { CliError } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { rejudgeChecks } from "./rejudge-checks.ts";
import { rejudgeComparison } from "./rejudge-comparison.ts";
import { rejudgeLoad } from "./rejudge-load.ts";

/**
 * The report of a saved run, whichever command made it, from what was observed.
 *
 * @param text of its `observations.ndjson`
 * @param file what to call that
 * @param leftOut told of each line that could not be read, counted from 1, and why
 * @throws CliError where no run can be read
 */
export function judgeAgain(text: string, file: string, leftOut: (line: number, problem: string) => void): RunReport {
  const refuse = (why: string): CliError => new CliError(exitCodes.usage, `${file}: ${why}`);
  const saved = decodeRun(text);
  if (saved.kind === "no-run") throw refuse(saved.problem);
  for (const { line, problem } of saved.problems) leftOut(line, problem);
  const { judge, unsaid } = wayOf(saved.start);
  const report = judge(saved, restoreTargets(saved.start, file), leftOut);
  if (report === null) throw refuse(`its first line does not say ${unsaid}`);
  if (saved.torn) leftOut(text.split("\n").length, "it was cut off while it was being written");
  return report;
}

function wayOf({ load, comparison }: RunStart) {
  if (load !== undefined) return { judge: rejudgeLoad, unsaid: "which load it was" };
  if (comparison !== undefined) return { judge: rejudgeComparison, unsaid: "what was compared" };
  return { judge: rejudgeChecks, unsaid: "what was checked" };
}

/** @throws CliError for a kind that this program does not know */
export function restoreTargets(start: RunStart, file: string): readonly Target[] {
  return start.targets.map((saved) => {
    const target = restoreTarget(saved);
    if (target === null) {
      throw new CliError(
        exitCodes.usage,
        `${file}: the target ${saved.id} is of the kind "${saved.kind}", which this pathproof does not know`,
      );
    }
    return target;
  });
}
