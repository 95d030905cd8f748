import { mkdtemp, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { scratchName } from "#core/plan/scratch-name.ts";
import { sweepScratch } from "./sweep-scratch.ts";

/** Lends a folder that only this user may enter, gone after `use`; and takes away what was left by those that were killed. */
export async function inScratch<T>(what: string, use: (folder: string) => Promise<T>): Promise<T> {
  await sweepScratch();
  const folder = await mkdtemp(join(tmpdir(), scratchName(what, hostname(), process.pid)));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
