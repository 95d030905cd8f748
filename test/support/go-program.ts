import { mkdir, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { buildK6 as buildPinned } from "#node/load/k6-binary/build-k6.ts";
import { isExecutable } from "#node/load/k6-binary/find-k6.ts";
import { withLock } from "#node/load/k6-binary/lock.ts";

/** Building one takes minutes, once a machine. */
export const goBuildMs = 10 * 60_000;

/** A program that tests need and Debian lacks. */
export interface PinnedProgram {
  /** `k6 v1.8.1`. */
  readonly name: string;
  /** Where it is kept once it is built. */
  readonly path: string;
  /** The folder of its go.mod and go.sum. */
  readonly pins: URL;
  /** Its import path. */
  readonly program: string;
}

/**
 * Its path, built by the Go on PATH the first time. Where it cannot be, the test that asks is skipped and says why, loudly; in
 * CI it fails.
 */
export async function goProgram({ name, path, pins, program }: PinnedProgram): Promise<string | null> {
  await mkdir(dirname(path), { recursive: true });
  const why = await withLock(`${path}.lock`, () => build(path, pins, program), { deadlineMs: goBuildMs });
  if (why === null) return path;
  if (process.env["CI"]) throw new Error(`${name} could not be built, and in CI nothing is skipped: ${why}`);
  console.warn(`\nSKIPPED: ${name} could not be built: ${why}\n`);
  return null;
}

/** Null when it is there; else why not. */
async function build(path: string, pins: URL, program: string): Promise<string | null> {
  if (await isExecutable(path)) return null;
  const read = (name: string): Promise<string> => readFile(new URL(name, pins), "utf8");
  const pinned = async () => ({ mod: await read("go.mod"), sum: await read("go.sum"), program });
  const made = await buildPinned(`${path}.part`, { env: process.env }, pinned);
  if (made.kind === "not-made") return made.why;
  await rename(`${path}.part`, path);
  return null;
}
