import { assembleAcross } from "#core/reporters/across/assemble-across.ts";
import type { ComparableRun, RunSideParts } from "#core/reporters/across/comparable-run.ts";
import { exitCode } from "#core/verdicts/exit-code.ts";
import { type Call, CliError } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { openDocuments } from "../open-run.ts";
import { writeReports } from "../write-reports.ts";
import { readComparable } from "./read-run.ts";
import type { ReportWords } from "./report-words.ts";

/** `report A B C`: the others with the first. `report A1 A2 --against B1 B2`: what is named with what it is held against. */
export async function compareSaved(call: Call, named: readonly string[], words: ReportWords): Promise<ExitCode> {
  const own = await readAll(call, named, words);
  const against = await readAll(call, words.against, words);
  const report = assembleAcross({
    sides: sidesOf(own, against),
    marginMs: words.marginMs,
    madeAt: new Date().toISOString(),
  });
  await writeReports(call, await openDocuments(call, "report", new Date()), report, null);
  return exitCode(report);
}

/** One after the other: each may be large. Runs of the same name are told apart by their words. */
async function readAll(call: Call, words: readonly string[], options: ReportWords): Promise<readonly ComparableRun[]> {
  const runs: ComparableRun[] = [];
  for (const word of words) runs.push(await readComparable(call, word, options));
  const names = runs.map(({ name }) => name);
  return runs.map((run, index) =>
    names.indexOf(run.name) === names.lastIndexOf(run.name) ? run : { ...run, name: words[index] ?? run.name },
  );
}

function sidesOf(
  own: readonly ComparableRun[],
  against: readonly ComparableRun[],
): readonly [RunSideParts, ...RunSideParts[]] {
  const single = (run: ComparableRun): RunSideParts => ({ name: run.name, runs: [run] });
  const [first, ...others] = own;
  if (first === undefined) throw new CliError(exitCodes.usage, "report: name a run");
  if (against.length === 0) return [single(first), ...others.map(single)];
  return [sideOf(against), sideOf(own)];
}

const sideOf = (runs: readonly ComparableRun[]): RunSideParts => ({
  name: runs.length === 1 ? (runs[0]?.name ?? "") : `${runs[0]?.name ?? ""} and ${runs.length - 1} more`,
  runs,
});
