import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { ForeignRun } from "#core/foreign/foreign-run.ts";
import { assembleForeignReport } from "#core/reporters/assemble-foreign.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { readForeign } from "#node/foreign/read-foreign.ts";
import { CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import { packing } from "../load/packing.ts";
import { reason } from "../open-run.ts";
import { version } from "../version.ts";
import type { ReportWords } from "./report-words.ts";

export interface ReadForeignFile {
  readonly run: ForeignRun;
  readonly report: RunReport;
}

/** Another tool's file as a report. @throws CliError with the place, where it cannot be read */
export async function reportForeign(file: string, { by, unit, rules }: ReportWords): Promise<ReadForeignFile> {
  const refuse = (why: string): CliError => new CliError(exitCodes.usage, `${file}: ${why}`);
  const { mtime } = await stat(file);
  const reading = await readForeign(file, { by, unit }).catch((error: unknown) => {
    throw refuse(reason(error));
  });
  if (reading.kind === "problem") throw refuse(reading.problem);
  const { run } = reading;
  const report = assembleForeignReport({
    run,
    file: basename(file),
    writtenAt: mtime.toISOString(),
    rules,
    pathproof: version,
    pack: packing.pack,
  });
  return { run, report };
}
