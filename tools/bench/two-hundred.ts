import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import type { RunReport } from "#core/reporters/run-report.ts";
import type { Row } from "./signing.ts";

const program = fileURLToPath(new URL("../../../../dist/pathproof.mjs", import.meta.url));
const targetCount = 200;

interface Timed {
  readonly wholeMs: number;
  readonly slowestMs: number;
  readonly checks: number;
  readonly peakMib: number;
}

/** 200 targets in one run, against the slowest single check of that run: healthy ones, and ones that never answer. */
export async function bench(): Promise<readonly Row[]> {
  const healthy = await check([]);
  const silent = await check(["--fault", "response-timeout"]);
  const row = (name: string, value: number, unit: string, note = ""): Row => ({ name, value, unit, note });
  return [
    row(
      "200 healthy targets: whole run",
      healthy.wholeMs,
      "ms",
      `${healthy.checks} checks, this machine also runs the lab`,
    ),
    row("200 healthy targets: slowest single check", healthy.slowestMs, "ms"),
    row("200 healthy targets: peak memory", healthy.peakMib, "MiB"),
    row("200 silent targets: whole run", silent.wholeMs, "ms", `${silent.checks} checks`),
    row("200 silent targets: slowest single check", silent.slowestMs, "ms", "its deadline"),
    row("200 silent targets: whole run / slowest check", silent.wholeMs / silent.slowestMs, "×"),
  ];
}

async function check(labWords: readonly string[]): Promise<Timed> {
  const folder = mkdtempSync(join(tmpdir(), "pathproof-bench-"));
  const lab = spawn(process.execPath, [program, "lab", ...labWords], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const [line] = await once(createInterface({ input: lab.stdout }), "line");
    const config = multiply(JSON.parse(line).config);
    const out = join(folder, "run");
    const time = "/usr/bin/time";
    const words = [program, "check", "-c", config, "--out", out, "--quiet"];
    const ran = spawnSync(time, ["-f", "%M", process.execPath, ...words], {
      encoding: "utf8",
      timeout: 300_000,
      maxBuffer: 1 << 28,
    });
    const report: RunReport = JSON.parse(readFileSync(join(out, "report.json"), "utf8"));
    const asked = report.checks.filter(({ verdict }) => verdict !== "skipped");
    return {
      wholeMs: report.elapsedMs,
      slowestMs: Math.max(...asked.map(({ elapsedMs }) => elapsedMs)),
      checks: asked.length,
      peakMib: Number(ran.stderr.trim().split("\n").at(-1)) / 1024,
    };
  } finally {
    lab.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lab's config with its targets over and over, beside the original so that its files are found. */
function multiply(file: string): string {
  const config = parse(readFileSync(file, "utf8"));
  const entries = Object.entries(config.targets);
  config.targets = Object.fromEntries(
    Array.from({ length: targetCount }, (_, index) => {
      const [id, target] = entries[index % entries.length] ?? [];
      return [`${id}-${index}`, target];
    }),
  );
  delete config.loads;
  const many = join(dirname(file), "many.yaml");
  writeFileSync(many, stringify(config, { aliasDuplicateObjects: false }));
  return many;
}
