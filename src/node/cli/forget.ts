import { rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import type { RunFolder } from "#node/files/run-folder.ts";

/** Leaves no folder behind that holds nothing; one that was there before stays, with whatever is in it. */
export async function forget(folder: RunFolder): Promise<void> {
  await folder.close().catch(() => undefined);
  await rm(join(folder.path, "observations.ndjson"), { force: true }).catch(() => undefined);
  await rmdir(folder.path).catch(() => undefined);
}
