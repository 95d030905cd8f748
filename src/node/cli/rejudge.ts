import { join, resolve } from "node:path";
import { exitCode } from "#core/verdicts/exit-code.ts";
import { readText, records } from "#node/files/read-text.ts";
import type { RunFolder } from "#node/files/run-folder.ts";
import { type Call, CliError } from "./command.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { judgeAgain } from "./judge-again.ts";
import { openAgain, openCopy, reason } from "./open-run.ts";
import { mustHaveAdvice, showSnippets } from "./show-snippets.ts";
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
  const report = judgeAgain(text, file, (line, problem) =>
    call.terminal.err(`pathproof: ${file}:${line}: ${problem}; left out\n`),
  );
  mustHaveAdvice(report, clients);
  const folder = await folderFor(call, path, text);
  await writeReports(call, folder, report, null);
  showSnippets(call, report, clients);
  return exitCode(report);
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
