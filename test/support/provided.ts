import { execFile } from "node:child_process";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { isExecutable } from "#node/load/k6-binary/find-k6.ts";
import { withLock } from "#node/load/k6-binary/lock.ts";

/** Making one takes minutes at most, once a machine. */
export const provideMs = 10 * 60_000;

/** What tests need and Debian lacks: a program, or a folder of files. */
export interface Provided {
  /** `k6 v1.8.1`. */
  readonly name: string;
  /** Where it is kept once it was made. */
  readonly path: string;
  /** Makes it at the path given. @returns null, or why not */
  make(at: string): Promise<string | null>;
}

/**
 * Its path, made the first time. Where it cannot be, the test that asks is skipped and says why, loudly; in CI it fails.
 */
export async function provided({ name, path, make }: Provided): Promise<string | null> {
  await mkdir(dirname(path), { recursive: true });
  const whole = async (): Promise<string | null> => {
    if (await isExecutable(path)) return null;
    const part = `${path}.part`;
    await rm(part, { recursive: true, force: true });
    const why = await make(part);
    if (why === null) await rename(part, path);
    return why;
  };
  const why = await withLock(`${path}.lock`, whole, { deadlineMs: provideMs });
  if (why === null) return path;
  if (process.env["CI"]) throw new Error(`${name} could not be had, and in CI nothing is skipped: ${why}`);
  console.warn(`\nSKIPPED: ${name} could not be had: ${why}\n`);
  return null;
}

/** Runs what fetches, with whatever this machine has set for it. @returns null, or why it failed */
export function fetchBy(program: string, words: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, words, { timeout: provideMs, killSignal: "SIGKILL" }, (error, stdout, stderr) => {
      const said = `${stdout}${stderr}`.trim().split("\n").slice(-3).join("; ").slice(0, 600);
      resolve(error === null ? null : `${program} failed: ${said || error.message}`);
    });
  });
}
