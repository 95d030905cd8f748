import { rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import type { RunFolder } from "#node/files/run-folder.ts";
import { type Call, CliError } from "./command.ts";
import { exitCodes } from "./exit-code.ts";

/** Leaves no folder behind that holds nothing; one that was there before stays, with whatever is in it. */
export async function forget(folder: RunFolder): Promise<void> {
  await folder.close().catch(() => undefined);
  await rm(join(folder.path, "observations.ndjson"), { force: true }).catch(() => undefined);
  await rmdir(folder.path).catch(() => undefined);
}

/** Ends a load or a comparison that sent nothing: whoever stopped it is told so, and not that the environment is at fault. */
export async function endUnbegun({ signal }: Call, folder: RunFolder, message: string): Promise<never> {
  await forget(folder);
  if (signal.aborted) throw new CliError(exitCodes.interrupted, "interrupted before anything was sent");
  throw new CliError(exitCodes.environment, message);
}
