import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface LockOptions {
  /** Beyond this, waiting ends in a `LockedError`. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
  /** Once, when another holds it. */
  readonly onWait?: () => void;
}

const retryMs = 200;
const beatMs = 5_000;
/** Its holder has missed several beats: it is gone, though it may have run on another machine or in another container. */
const staleMs = 60_000;

/** Does the work while holding a lock that is a folder: whoever makes it has it, on any file system. */
export async function withLock<T>(folder: string, work: () => Promise<T>, options: LockOptions): Promise<T> {
  await acquire(folder, options);
  const beat = setInterval(() => void writeOwner(folder).catch(() => undefined), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function acquire(folder: string, { deadlineMs, signal, onWait }: LockOptions): Promise<void> {
  const until = Date.now() + deadlineMs;
  let told = false;
  while (!(await take(folder))) {
    signal?.throwIfAborted();
    if (await isStale(folder)) {
      await breakStale(folder);
      continue;
    }
    if (Date.now() > until) throw new LockedError(folder, deadlineMs);
    if (!told) onWait?.();
    told = true;
    await sleep(retryMs, undefined, signal === undefined ? {} : { signal });
  }
}

async function take(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
  await writeOwner(folder);
  return true;
}

const ownerFile = (folder: string): string => join(folder, "owner.json");

const writeOwner = (folder: string): Promise<void> =>
  writeFile(ownerFile(folder), JSON.stringify({ pid: process.pid, host: hostname() }));

async function isStale(folder: string): Promise<boolean> {
  const beat = await lastBeat(folder);
  if (beat === null) return false;
  if (Date.now() - beat > staleMs) return true;
  const owner = await readOwner(folder);
  return owner !== null && owner.host === hostname() && !isAlive(owner.pid);
}

const lastBeat = (folder: string): Promise<number | null> =>
  stat(ownerFile(folder))
    .catch(() => stat(folder))
    .then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    );

async function readOwner(folder: string): Promise<{ readonly pid: number; readonly host: string } | null> {
  try {
    const said: unknown = JSON.parse(await readFile(ownerFile(folder), "utf8"));
    if (typeof said !== "object" || said === null || !("pid" in said) || !("host" in said)) return null;
    return typeof said.pid === "number" && typeof said.host === "string" ? { pid: said.pid, host: said.host } : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** Renamed before it is removed: of several who find it stale, one succeeds and takes nobody's fresh lock away. */
async function breakStale(folder: string): Promise<void> {
  const aside = `${folder}.stale-${process.pid}-${Date.now()}`;
  await rename(folder, aside).catch(() => undefined);
  await rm(aside, { recursive: true, force: true });
}

export class LockedError extends Error {
  override readonly name = "LockedError";
  constructor(folder: string, deadlineMs: number) {
    super(
      `another process still holds ${folder} after ${Math.round(deadlineMs / 1000)} s; remove it if none is running`,
    );
  }
}
