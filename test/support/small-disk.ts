import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./network/namespaces.ts";

/** A disk of its own, in memory. */
export interface SmallDisk {
  readonly path: string;
  setReadOnly(readOnly: boolean): void;
  remove(): void;
}

/** Null where none can be made: then the test that asks is skipped, loudly; in CI nothing is skipped, so it fails there. */
export function makeSmallDisk(kib: number): SmallDisk | null {
  const path = mkdtempSync(join(tmpdir(), "pathproof-disk-test-"));
  try {
    run(["mount", "-t", "tmpfs", "-o", `size=${kib}k`, "pathproof-test", path]);
  } catch (error) {
    rmdirSync(path);
    const why = error instanceof Error ? error.message : String(error);
    if (process.env["CI"]) throw new Error(`no disk can be made, and in CI nothing is skipped: ${why}`);
    console.warn(`\nSKIPPED: no small disk can be made (${why}); as root, on Linux, these tests run\n`);
    return null;
  }
  return {
    path,
    setReadOnly: (readOnly) => void run(["mount", "-o", `remount,${readOnly ? "ro" : "rw"}`, path]),
    remove() {
      run(["umount", path]);
      rmdirSync(path);
    },
  };
}
