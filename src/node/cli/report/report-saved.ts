import { readReport } from "#core/reporters/read-report.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { exitCode } from "#core/verdicts/exit-code.ts";
import { readText, records } from "#node/files/read-text.ts";
import { type Call, CliError } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { openDocuments, reason } from "../open-run.ts";
import { rejudge } from "../rejudge.ts";
import { mustHaveAdvice, showSnippets } from "../show-snippets.ts";
import { writeReports } from "../write-reports.ts";
import { findSaved } from "./find-saved.ts";
import { reportForeign } from "./report-foreign.ts";
import type { ReportWords } from "./report-words.ts";

/** `report` of one thing: judged again where all of it was saved, else shown as what it tells. */
export async function reportSaved(call: Call, word: string, words: ReportWords): Promise<ExitCode> {
  const saved = await findSaved(call.directory, word);
  switch (saved.kind) {
    case "run":
      return rejudge(call, saved.folder, words.clients);
    case "report":
      return showAnew(call, await readReportFile(saved.file), words.clients);
    case "foreign": {
      const { run, report } = await reportForeign(saved.file, words);
      for (const lost of run.leftOut) call.terminal.err(`pathproof: ${saved.file}: ${lost}\n`);
      return showAnew(call, report, words.clients);
    }
  }
}

async function showAnew(call: Call, report: RunReport, clients: readonly string[]): Promise<ExitCode> {
  mustHaveAdvice(report, clients);
  await writeReports(call, await openDocuments(call, "report", new Date()), report, null);
  showSnippets(call, report, clients);
  return exitCode(report);
}

/** @throws CliError with the place, for what is no report of ours */
export async function readReportFile(file: string): Promise<RunReport> {
  const text = await readText(file, records).catch((error: unknown) => {
    throw new CliError(exitCodes.usage, `cannot read ${file}: ${reason(error)}`);
  });
  const read = readReport(text);
  if (read.kind === "problem") throw new CliError(exitCodes.usage, `${file}: ${read.problem}`);
  return read.report;
}
