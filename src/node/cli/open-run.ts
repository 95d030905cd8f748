import { resolve } from "node:path";
import { openDocumentFolder, openRunFolder, type RunFolder, runFolderName } from "#node/files/run-folder.ts";
import { systemReason } from "#node/files/system-reason.ts";
import { type Call, CliError } from "./command.ts";
import { exitCodes } from "./exit-code.ts";

/** The folder of this run: `--out`, or one named by time under `reports/`. */
export const openRun = (call: Call, command: string, startedAt: Date): Promise<RunFolder> =>
  openNamed(call, command, startedAt, openRunFolder);

/** The same for documents alone, of what was observed elsewhere. */
export const openDocuments = (call: Call, command: string, startedAt: Date): Promise<Omit<RunFolder, "observe">> =>
  openNamed(call, command, startedAt, openDocumentFolder);

async function openNamed<Folder>(
  call: Call,
  command: string,
  startedAt: Date,
  open: (path: string, options: { readonly exact: boolean }) => Promise<Folder>,
): Promise<Folder> {
  const { out } = call.global;
  const path = resolve(call.directory, out ?? `reports/${runFolderName(startedAt, command)}`);
  try {
    return await open(path, { exact: out !== null });
  } catch (error) {
    throw new CliError(
      exitCodes.environment,
      `cannot write the run's folder ${path}: ${reason(error)}. Choose another with --out.`,
    );
  }
}

/** In words, without the path: the sentence around it has that. */
export const reason = systemReason;
