import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Made } from "./build-k6.ts";
import type { K6Options } from "./k6-binary.ts";
import { pinnedVersion } from "./version.ts";

const releases = "https://github.com/grafana/k6/releases/download";
const deadlineMs = 10 * 60_000;
/** An archive has some 30 MB. */
const bytesMax = 256 * 1024 * 1024;

/**
 * Fetches the official release archive for this machine into `file`, once its SHA-256 is the one that the release's own list
 * of checksums says. PATHPROOF_K6_RELEASES names a mirror.
 */
export async function downloadK6(file: string, { env, signal, onProgress }: K6Options): Promise<Made> {
  const archive = archiveName(process.platform, process.arch);
  if (archive === null)
    return { kind: "not-made", why: `there is no official k6 for ${process.platform}-${process.arch}` };

  const base = `${(env["PATHPROOF_K6_RELEASES"] || releases).replace(/\/+$/, "")}/v${pinnedVersion}`;
  const stop = AbortSignal.any([AbortSignal.timeout(deadlineMs), ...(signal === undefined ? [] : [signal])]);
  try {
    onProgress?.(`Downloading k6 v${pinnedVersion} from ${base} …`);
    const sums = (await get(`${base}/k6-v${pinnedVersion}-checksums.txt`, stop)).toString("utf8");
    const expected = checksumOf(archive, sums);
    if (expected === null) return { kind: "not-made", why: `the checksums at ${base} do not list ${archive}` };
    const bytes = await get(`${base}/${archive}`, stop);
    const actual = createHash("sha256").update(bytes).digest("hex");
    if (actual !== expected) {
      return { kind: "not-made", why: `${base}/${archive} has SHA-256 ${actual}, but its release says ${expected}` };
    }
    await unpack(archive, bytes, file);
    return { kind: "made" };
  } catch (error) {
    return { kind: "not-made", why: `the download from ${base} failed: ${describe(error)}` };
  }
}

function archiveName(platform: string, arch: string): string | null {
  const cpu = { x64: "amd64", arm64: "arm64" }[arch];
  const form = { linux: "linux-%.tar.gz", darwin: "macos-%.zip", win32: "windows-%.zip" }[platform];
  return cpu === undefined || form === undefined ? null : `k6-v${pinnedVersion}-${form.replace("%", cpu)}`;
}

/** Of a list as `sha256sum` writes it. */
function checksumOf(archive: string, sums: string): string | null {
  const line = sums.split("\n").find((one) => one.trim().split(/\s+\*?/)[1] === archive);
  const sum = line?.trim().split(/\s+/)[0]?.toLowerCase() ?? "";
  return /^[0-9a-f]{64}$/.test(sum) ? sum : null;
}

async function get(url: string, signal: AbortSignal): Promise<Buffer> {
  const response = await fetch(url, { signal });
  if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > bytesMax) throw new Error(`${url} sends more than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** By `tar`, which reads zip as well on the two systems whose archives are zip. */
async function unpack(archive: string, bytes: Buffer, file: string): Promise<void> {
  const folder = await mkdtemp(join(dirname(file), "unpack-"));
  try {
    await writeFile(join(folder, archive), bytes);
    await promisify(execFile)("tar", ["-xf", archive], { cwd: folder, timeout: 60_000 });
    const inside = join(
      folder,
      archive.replace(/\.(?:tar\.gz|zip)$/, ""),
      archive.includes("windows") ? "k6.exe" : "k6",
    );
    await chmod(inside, 0o755);
    await rename(inside, file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
