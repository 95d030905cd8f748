import { join } from "node:path";
import { reportersFor } from "#core/reporters/index.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { renderTerminal } from "#core/reporters/terminal.ts";
import type { RunFolder } from "#node/files/run-folder.ts";
import { type Call, CliError } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { reason } from "./open-run.ts";

/**
 * Every document into the folder; the report or the view of it to stdout, whatever the disk does.
 *
 * @param lost why observations could not all be written; null when they were
 */
export async function writeReports(
  call: Call,
  folder: Omit<RunFolder, "observe">,
  report: RunReport,
  lost: string | null,
): Promise<void> {
  try {
    if (lost !== null) throw new Error(lost);
    await folder.close();
    await folder.write(reportersFor(report).map(({ fileName, render }) => ({ fileName, text: render(report) })));
  } catch (error) {
    showReport(call, report);
    throw new CliError(
      exitCodes.environment,
      `the run ended, but ${folder.path} could not be written: ${reason(error)}`,
    );
  }
  showReport(call, report);
  if (!call.global.json) call.terminal.out(`  ${join(folder.path, "report.html")}\n\n`);
}

function showReport({ global, terminal }: Call, report: RunReport): void {
  terminal.out(
    global.json
      ? `${JSON.stringify(report, null, 2)}\n`
      : renderTerminal(report, { paint: terminal.paint, columns: terminal.columns }),
  );
}
