import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Row } from "./signing.ts";

const program = fileURLToPath(new URL("../../../../dist/pathproof.mjs", import.meta.url));
/** `MEMORY_MINUTES=30 npm run bench memory` is the run that docs/performance.md reports. */
const minutes = Number(process.env["MEMORY_MINUTES"] ?? 2);
const rate = 300;
const everyMs = 5000;

const rssMib = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

/** k6 is pathproof's only child with that name. */
const childOf = (parent: number): number =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, "utf8");
        return /^Name:\s+k6/.test(status) && new RegExp(`PPid:\\s+${parent}\\b`).test(status);
      } catch {
        return false;
      }
    }) ?? 0;

interface Reading {
  readonly atMs: number;
  readonly ours: number;
  readonly k6: number;
}

/** Resident memory of pathproof and of k6 over a long steady load (Linux only: read from /proc). */
export async function bench(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "pathproof-memory-"));
  const server = createServer((_, response) => response.end("hello world")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  writeFileSync(
    join(folder, "pathproof.yaml"),
    `version: 1
targets:
  static: { kind: http, url: "http://127.0.0.1:${port}" }
loads:
  long: { engine: k6, targets: [static], rate: ${rate}/s, duration: ${minutes}m, thresholds: ["failures == 0"] }
`,
  );
  const words = [program, "run", "long", "-c", join(folder, "pathproof.yaml"), "--out", join(folder, "run"), "--quiet"];
  const child = spawn(process.execPath, words, { stdio: "ignore" });
  const readings = await watch(child);
  server.close();
  rmSync(folder, { recursive: true, force: true });
  // The first minute fills pools and caches.
  const settled = readings.filter(({ atMs }) => atMs > Math.min(60_000, (minutes * 60_000) / 2));
  return [
    ...rowsOf(
      "pathproof",
      settled.map(({ ours }) => ours),
    ),
    ...rowsOf(
      "k6",
      settled.map(({ k6 }) => k6),
    ),
  ];
}

async function watch(child: ChildProcess): Promise<readonly Reading[]> {
  const startedAt = performance.now();
  const readings: Reading[] = [];
  const timer = setInterval(() => {
    const ours = rssMib(child.pid ?? 0);
    const k6 = rssMib(childOf(child.pid ?? 0));
    if (ours > 0 && k6 > 0) readings.push({ atMs: performance.now() - startedAt, ours, k6 });
  }, everyMs);
  const [code] = await once(child, "exit");
  clearInterval(timer);
  // 4: a busy machine made the times worth nothing; the memory is what it is all the same.
  if (code !== 0 && code !== 4) throw new Error(`the load ended with ${code}`);
  return readings;
}

function rowsOf(who: string, values: readonly number[]): readonly Row[] {
  const third = Math.max(1, Math.floor(values.length / 3));
  const mean = (some: readonly number[]): number => some.reduce((sum, value) => sum + value, 0) / some.length;
  const [first, last] = [mean(values.slice(0, third)), mean(values.slice(-third))];
  return [
    {
      name: `${who}: resident memory, last third of the run`,
      value: last,
      unit: "MiB",
      note: `${rate}/s for ${minutes} min`,
    },
    { name: `${who}: last third / first third (first minute left out)`, value: last / first, unit: "×", note: "" },
  ];
}
