import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { buildK6, type Made } from "./build-k6.ts";
import { cacheEntry } from "./cache.ts";
import { downloadK6 } from "./download-k6.ts";
import { findK6, isExecutable } from "./find-k6.ts";
import type { K6Options, K6Provision } from "./k6-binary.ts";
import { withLock } from "./lock.ts";
import { acceptedVersions, pinnedVersion, readVersion } from "./version.ts";

const waitMs = 20 * 60_000;

/**
 * A k6 that works with pathproof: PATHPROOF_K6, PATH, the cache, else built by Go from pinned sources, else the official
 * release. What is made goes into the cache, whole or not at all, and is made once however many ask for it at a time.
 */
export async function provideK6(options: K6Options): Promise<K6Provision> {
  const found = await findK6(options);
  if (found.kind === "ok") return found;
  if (found.kind === "wrong") return { kind: "missing", message: found.message };
  try {
    const made = await makeOnce(options);
    return made.kind === "ok" ? made : { kind: "missing", message: sayAll([...found.tried, ...made.tried]) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: "missing", message: sayAll([...found.tried, `none could be made: ${why}`]) };
  }
}

type Making = Extract<K6Provision, { kind: "ok" }> | { readonly kind: "not-made"; readonly tried: readonly string[] };

async function makeOnce(options: K6Options): Promise<Making> {
  const entry = cacheEntry(options.env);
  await mkdir(dirname(entry), { recursive: true });
  return withLock(`${entry}.lock`, () => make(entry, options), {
    deadlineMs: waitMs,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onWait: () => options.onProgress?.("Another pathproof is making k6; waiting for it …"),
  });
}

async function make(entry: string, options: K6Options): Promise<Making> {
  if (await isExecutable(entry)) {
    const reading = await readVersion(entry);
    if (reading.kind === "ok") return { kind: "ok", path: entry, version: reading.version, how: "cache" };
  }
  const tried: string[] = [];
  for (const { how, by } of makers) {
    const file = `${entry}.${process.pid}.part`;
    try {
      const made = await by(file, options);
      const why = made.kind === "made" ? await place(file, entry) : made.why;
      if (why === null) {
        options.onProgress?.(`k6 v${pinnedVersion} is ready: ${entry}`);
        return { kind: "ok", path: entry, version: pinnedVersion, how };
      }
      tried.push(why);
    } finally {
      await rm(file, { force: true });
    }
  }
  return { kind: "not-made", tried };
}

const makers: readonly {
  readonly how: "built" | "downloaded";
  readonly by: (file: string, options: K6Options) => Promise<Made>;
}[] = [
  { how: "built", by: buildK6 },
  { how: "downloaded", by: downloadK6 },
];

/** Into the cache, if it is what it should be; otherwise why it is not. */
async function place(file: string, entry: string): Promise<string | null> {
  const reading = await readVersion(file);
  if (reading.kind === "unfit") return `what was made will not do: ${reading.why}`;
  if (reading.version !== pinnedVersion) return `what was made is k6 v${reading.version}, not v${pinnedVersion}`;
  await rename(file, entry);
  return null;
}

const sayAll = (tried: readonly string[]): string =>
  [
    `This needs k6 (${acceptedVersions}), and none could be had:`,
    ...tried.map((one) => `  - ${one}`),
    `Install k6 v${pinnedVersion} on PATH, set PATHPROOF_K6 to it, or install Go and let pathproof build it. engine: node needs none of this.`,
  ].join("\n");
