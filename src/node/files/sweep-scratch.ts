import { readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { scratchOwner } from "#core/plan/scratch-name.ts";

/** Takes away the folders of runs that were killed: who is killed cannot tidy up, so whoever comes next does. Never rejects. */
export async function sweepScratch(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names) {
    const pid = scratchOwner(name, hostname());
    if (pid !== null && !lives(pid))
      await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Another user's process lives too, and is not ours to ask. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
