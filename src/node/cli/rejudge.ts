import { join, resolve } from "node:path";
import { checks as allChecks } from "#core/checks/index.ts";
import { findingsOf } from "#core/keepalive/findings.ts";
import { defaultSettings, keepaliveChecks } from "#core/keepalive/index.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import { decodeRun, type RunStart, restoreTarget } from "#core/observations/saved-run.ts";
import { accessTable } from "#core/plan/access-table.ts";
import { judgeSaved } from "#core/plan/judge-saved.ts";
import { assembleCheckReport, type CheckRunParts } from "#core/reporters/assemble.ts";
import { assembleKeepaliveReport } from "#core/reporters/assemble-keepalive.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import type { Target } from "#core/targets/target.ts";
import { minutes } from "#core/units.ts";
import { exitCode } from "#core/verdicts/exit-code.ts";
import { readText, records } from "#node/files/read-text.ts";
import type { RunFolder } from "#node/files/run-folder.ts";
import { type Call, CliError } from "./command.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { openAgain, openCopy, reason } from "./open-run.ts";
import { rejudgeComparison } from "./rejudge-comparison.ts";
import { rejudgeLoad } from "./rejudge-load.ts";
import { mustHaveAdvice, showSnippets } from "./show-snippets.ts";
import { readVantage } from "./vantage.ts";
import { writeReports } from "./write-reports.ts";

/**
 * A saved run through the second half of the corridor: judge, report. Without `--out` it is rendered where it lies.
 *
 * @param clients whose settings are printed, too
 */
export async function rejudge(call: Call, run: string, clients: readonly string[] = []): Promise<ExitCode> {
  const path = resolve(call.directory, run);
  const file = join(path, "observations.ndjson");
  const text = await readText(file, records).catch((error: unknown) => {
    throw new CliError(exitCodes.usage, `cannot read ${file}: ${reason(error)}`);
  });
  const saved = decodeRun(text);
  if (saved.kind === "no-run") throw new CliError(exitCodes.usage, `${file}: ${saved.problem}`);
  const leftOut = (line: number, problem: string): void =>
    call.terminal.err(`pathproof: ${file}:${line}: ${problem}; left out\n`);
  for (const { line, problem } of saved.problems) leftOut(line, problem);

  const { start, exchanges, end } = saved;
  const targets = restoreTargets(start, file);
  const interrupted = end?.interrupted ?? true;
  const loadReport = start.load === undefined ? null : rejudgeLoad(saved, targets, leftOut);
  if (start.load !== undefined && loadReport === null)
    throw new CliError(exitCodes.usage, `${file}: its first line does not say which load it was`);
  const comparisonReport = start.comparison === undefined ? null : rejudgeComparison(saved, targets, leftOut);
  if (start.comparison !== undefined && comparisonReport === null)
    throw new CliError(exitCodes.usage, `${file}: its first line does not say what was compared`);
  const report =
    loadReport ??
    comparisonReport ??
    rejudgeChecks(exchanges, start, {
      targets,
      vantage: { ...readVantage({}), ...start.vantage },
      startedAt: start.startedAt,
      elapsedMs: end?.elapsedMs ?? 0,
      interrupted,
      access: accessTable(exchanges, targets),
    });
  if (saved.torn) leftOut(text.split("\n").length, "it was cut off while it was being written");
  mustHaveAdvice(report, clients);
  const folder = await folderFor(call, path, text);
  await writeReports(call, folder, report, null);
  showSnippets(call, report, clients);
  return exitCode(report);
}

function rejudgeChecks(
  exchanges: readonly Exchange[],
  start: RunStart,
  run: Omit<CheckRunParts, "results">,
): RunReport {
  // Whether age was asked for shows in what was seen.
  const aged = exchanges.some(({ check }) => check === "connections-age-as-expected");
  const known = [...allChecks, ...keepaliveChecks({ ...defaultSettings, maxAgeMs: aged ? minutes(1) : null })];
  const checks = known.filter(({ id }) => start.checks.includes(id));
  const parts = { ...run, results: judgeSaved(exchanges, run.targets, checks, start.means) };
  if (start.command !== "keepalive") return assembleCheckReport(parts);
  const findings = Object.fromEntries(run.targets.map(({ id }) => [id, findingsOf(exchanges, id)]));
  return assembleKeepaliveReport({ ...parts, findings });
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

/**
 * Elsewhere the observations come along, so that the new folder is a whole run too. Where they lie they are not written again: who
 * is killed meanwhile would have lost them.
 */
function folderFor(call: Call, path: string, observations: string): Promise<Omit<RunFolder, "observe">> {
  const { out } = call.global;
  const elsewhere = out === null ? path : resolve(call.directory, out);
  return elsewhere === path ? openAgain(path) : openCopy(elsewhere, observations);
}
