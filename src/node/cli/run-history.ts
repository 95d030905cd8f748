import { assembleHistory } from "#core/reporters/history/assemble-history.ts";
import { eachOnce, type PastRun, pastRunOf } from "#core/reporters/history/past-run.ts";
import { plural } from "#core/reporters/words.ts";
import { exitCode } from "#core/verdicts/exit-code.ts";
import { type Call, CliError } from "./command.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { findPast } from "./history/find-past.ts";
import { readHistoryWords } from "./history/history-words.ts";
import { openDocuments } from "./open-run.ts";
import { readReportFile } from "./report/report-saved.ts";
import { readVantage } from "./vantage.ts";
import { writeReports } from "./write-reports.ts";

/** What these tell of is of one run; the others are about runs themselves. */
const commands: readonly string[] = ["check", "keepalive", "run", "compare"];

export async function runHistory(call: Call): Promise<ExitCode> {
  const now = new Date();
  const { sinceMs, marginShare, last, seed } = readHistoryWords(call, now);
  const words = call.words.length === 0 ? ["reports"] : call.words;
  const runs: PastRun[] = [];
  // One after the other, and the rest of each forgotten: a long load's report takes megabytes, and there may be hundreds.
  for (const { name, file } of await findPast(call.directory, words)) {
    const report = await readReportFile(file).catch((error: unknown) => {
      if (!(error instanceof CliError)) throw error;
      call.terminal.err(`pathproof: ${error.message}; left out\n`);
      return null;
    });
    if (report !== null && commands.includes(report.command)) runs.push(pastRunOf(name, report));
  }
  if (runs.length === 0)
    throw new CliError(
      exitCodes.usage,
      `history: no run of check, keepalive, run or compare is in ${words.join(", ")}; name folders that hold some`,
    );
  const once = eachOnce(runs);
  if (once.again > 0)
    call.terminal.err(
      `pathproof: ${plural(once.again, "report")} of a run that is there already (a link, or rendered again): each run counts once\n`,
    );
  const newest = once.runs.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt)).slice(-last);
  const vantage = readVantage(call.env);
  const report = assembleHistory({ runs: newest, marginShare, sinceMs, seed, vantage, startedAt: now.toISOString() });
  await writeReports(call, await openDocuments(call, "history", now), report, null);
  return exitCode(report);
}
