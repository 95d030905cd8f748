import { tmpdir } from "node:os";
import { join } from "node:path";
import { pinnedVersion } from "./version.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Where pathproof keeps its k6: PATHPROOF_CACHE, else pathproof/ in XDG_CACHE_HOME or ~/.cache. */
export function cacheFolder(env: Env): string {
  const own = env["PATHPROOF_CACHE"];
  if (own) return own;
  const base = env["XDG_CACHE_HOME"] || ((env["HOME"] ?? env["USERPROFILE"]) ? join(home(env), ".cache") : tmpdir());
  return join(base, "pathproof");
}

const home = (env: Env): string => env["HOME"] ?? env["USERPROFILE"] ?? tmpdir();

/** The file of the pinned k6 for this machine: a name of its own for each version, so that none is ever overwritten. */
export const cacheEntry = (env: Env): string =>
  join(
    cacheFolder(env),
    `k6-v${pinnedVersion}-${process.platform}-${process.arch}${process.platform === "win32" ? ".exe" : ""}`,
  );
