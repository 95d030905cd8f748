import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { cacheEntry } from "./cache.ts";
import type { K6Binary, K6Options } from "./k6-binary.ts";
import { readVersion } from "./version.ts";

export type K6Search =
  | ({ readonly kind: "ok" } & K6Binary)
  /** PATHPROOF_K6 names something else: nothing further is tried, for it was asked for by name. */
  | { readonly kind: "wrong"; readonly message: string }
  /** `tried`: a clause a place. */
  | { readonly kind: "nowhere"; readonly tried: readonly string[] };

/** Looks for a k6 that is already here, and changes nothing: PATHPROOF_K6, then PATH, then the cache. */
export async function findK6({ env }: Pick<K6Options, "env">): Promise<K6Search> {
  const named = env["PATHPROOF_K6"];
  if (named) return byName(resolve(named));

  const onPath = await firstExecutable(env["PATH"] ?? "");
  const places = [
    { how: "PATH", path: onPath },
    { how: "cache", path: (await isExecutable(cacheEntry(env))) ? cacheEntry(env) : null },
  ] as const;
  const tried = ["PATHPROOF_K6 is not set"];
  for (const { how, path } of places) {
    if (path === null) {
      tried.push(how === "PATH" ? "there is no k6 on PATH" : `${cacheEntry(env)} is not there`);
      continue;
    }
    const reading = await readVersion(path);
    if (reading.kind === "ok") return { kind: "ok", path, version: reading.version, how };
    tried.push(`${path} will not do: ${reading.why}`);
  }
  return { kind: "nowhere", tried };
}

async function byName(path: string): Promise<K6Search> {
  const wrong = (why: string): K6Search => ({
    kind: "wrong",
    message: `PATHPROOF_K6 names ${path}, but ${why}. Correct it, or unset it to let pathproof find or make its own.`,
  });
  if (!(await isExecutable(path))) return wrong("there is no program that may be run");
  const reading = await readVersion(path);
  return reading.kind === "ok"
    ? { kind: "ok", path, version: reading.version, how: "PATHPROOF_K6" }
    : wrong(reading.why);
}

async function firstExecutable(searchPath: string): Promise<string | null> {
  const name = process.platform === "win32" ? "k6.exe" : "k6";
  for (const folder of searchPath.split(delimiter).filter((one) => one !== "")) {
    const path = resolve(join(folder, name));
    if (await isExecutable(path)) return path;
  }
  return null;
}

export const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
