import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { RunReport } from "#core/reporters/run-report.ts";
import {
  idleApache,
  idleGo,
  idleHaproxy,
  idleJava,
  idleNginx,
  idleNode,
  plainIdle,
  type StartIdle,
} from "../../test/support/idle-servers.ts";
import { findTool } from "../../test/support/tools.ts";
import type { Row } from "./signing.ts";

const program = fileURLToPath(new URL("../../../../dist/pathproof.mjs", import.meta.url));

const kinds: readonly (readonly [id: string, program: string | null, start: StartIdle, idleMs: readonly number[]])[] = [
  ["nginx", findTool("nginx"), idleNginx, [1000, 20_000]],
  ["haproxy", findTool("haproxy"), idleHaproxy, [2000, 15_000]],
  ["apache", findTool("apache2"), idleApache, [3000, 12_000]],
  ["node", process.execPath, idleNode, [4000, 10_000]],
  ["go", findTool("go"), idleGo, [5000, 8000]],
  ["java", findTool("javac"), idleJava, [6000, 18_000]],
];

/**
 * Twelve servers with idle timeouts of 1 to 20 s at the same time. A plain socket beside it tells the truth of each: nobody can
 * know the longest of them sooner than it ends.
 */
export async function bench(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "pathproof-bench-"));
  const wanted = kinds.flatMap(([kind, tool, start, times]) =>
    tool === null ? [] : times.map((idleMs) => ({ id: `${kind}-${idleMs / 1000}s`, tool, start, idleMs })),
  );
  const running: { readonly id: string; readonly port: number; stop(): Promise<void> }[] = [];
  try {
    for (const { id, tool, start, idleMs } of wanted) {
      mkdirSync(join(folder, id), { recursive: true });
      running.push({ id, ...(await start(tool, join(folder, id), idleMs)) });
    }
    return rows(await measure(folder, running));
  } finally {
    await Promise.all(running.map(({ stop }) => stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly report: RunReport;
  readonly truths: readonly { readonly id: string; readonly truthMs: number }[];
}

async function measure(
  folder: string,
  servers: readonly { readonly id: string; readonly port: number }[],
): Promise<Measured> {
  const config = join(folder, "pathproof.yaml");
  const targets = servers.map(({ id, port }) => `  ${id}: { kind: http, url: "http://127.0.0.1:${port}" }`);
  writeFileSync(config, ["version: 1", "targets:", ...targets, ""].join("\n"));
  const out = join(folder, "run");
  const words = [program, "keepalive", "-c", config, "--out", out, "--max-idle", "25s", "--only", "idle", "--quiet"];
  const [truths] = await Promise.all([
    Promise.all(servers.map(async ({ id, port }) => ({ id, truthMs: (await plainIdle(port, 30_000)) ?? Number.NaN }))),
    promisify(execFile)(process.execPath, words, { timeout: 120_000 }).catch(() => null),
  ]);
  return { report: JSON.parse(readFileSync(join(out, "report.json"), "utf8")), truths };
}

function rows({ report, truths }: Measured): readonly Row[] {
  const longestMs = Math.max(...truths.map(({ truthMs }) => truthMs));
  const found = truths.map(({ id, truthMs }) => {
    const idle = report.keepalive?.find(({ target }) => target === id)?.idle[0];
    return { id, truthMs, foundMs: idle?.shortestClosedMs ?? Number.NaN, kind: idle?.closeKind ?? "none" };
  });
  const near = found.filter(({ truthMs, foundMs }) => Math.abs(foundMs - truthMs) <= Math.max(50, 0.02 * truthMs));
  return [
    { name: "servers at the same time", value: found.length, unit: "", note: "nginx, haproxy, Apache, Node, Go, Java" },
    { name: "whole run", value: report.elapsedMs, unit: "ms", note: "the path proven first" },
    {
      name: "longest idle timeout, as a plain socket saw it",
      value: longestMs,
      unit: "ms",
      note: "the physical limit",
    },
    { name: "whole run / physical limit", value: report.elapsedMs / longestMs, unit: "×", note: "target: ≤ 1.1" },
    { name: "found within 50 ms or 2 %", value: near.length, unit: `of ${found.length}`, note: "" },
    {
      name: "found to end by FIN, as they do",
      value: found.filter(({ kind }) => kind === "fin").length,
      unit: `of ${found.length}`,
      note: "",
    },
    ...found.map(({ id, truthMs, foundMs }) => ({
      name: `  ${id}: found`,
      value: foundMs,
      unit: "ms",
      note: `a plain socket saw ${Math.round(truthMs)} ms`,
    })),
  ];
}
