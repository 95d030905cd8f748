import { realpath } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
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
  await refuseTwice(call.directory, [...named, ...words.against]);
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

/** Three times the same run is no three runs: they would agree as no three ever do. @throws CliError */
async function refuseTwice(directory: string, named: readonly string[]): Promise<void> {
  const seen = new Map<string, string>();
  for (const word of named) {
    const path = await realpath(resolve(directory, word)).catch(() => resolve(directory, word));
    const run = basename(path) === "report.json" || basename(path) === "observations.ndjson" ? dirname(path) : path;
    const before = seen.get(run);
    if (before !== undefined)
      throw new CliError(
        exitCodes.usage,
        `report: ${before === word ? `${word} is named twice` : `${before} and ${word} are one run`}, which neither differs from itself nor counts twice`,
      );
    seen.set(run, word);
  }
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
