// What the ledger of stale reuse says beside what a lab really did: 5 % of the requests on reused connections are reset, and the
// lab counts them. Both engines, in the clear, behind TLS and signed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { parse, stringify } from "yaml";
import type { RunReport } from "#core/reporters/run-report.ts";
import type { ReuseRate } from "#core/statistics/ledger-figures.ts";
import { rateOf } from "#core/statistics/ledger-figures.ts";
import type { Row } from "./signing.ts";

const program = "dist/pathproof.mjs";
const share = "5%";
const targets = ["plain", "orders-alb", "orders-direct"];

interface Truth {
  readonly reused: number;
  readonly reset: number;
}

async function measure(engine: "node" | "k6", load: object): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "pathproof-bench-"));
  const lab = spawn(process.execPath, [program, "lab", "--stale-reuse", share], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const lines = createInterface({ input: lab.stdout });
    const [ready]: string[] = await once(lines, "line");
    const { config: file } = JSON.parse(ready ?? "{}");
    const config = parse(await readFile(file, "utf8"));
    config.loads = { bench: { engine, targets, warmup: "0s", ...load } };
    const own = join(dirname(file), "bench.yaml");
    await writeFile(own, stringify(config));
    const words = [program, "run", "bench", "-c", own, "--out", join(folder, "run"), "--no-abort", "--quiet"];
    const run = spawn(process.execPath, words, { stdio: ["ignore", "ignore", "inherit"] });
    await once(run, "close");
    const said = once(lines, "line");
    lab.kill("SIGTERM");
    const truth: Record<string, Truth> = JSON.parse((await said)[0] ?? "{}").staleReuse;
    const report: RunReport = JSON.parse(await readFile(join(folder, "run", "report.json"), "utf8"));
    return report.loads.map((one) => row(engine, one.target, one, truth[one.target]));
  } finally {
    lab.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
}

function row(engine: string, target: string, load: RunReport["loads"][number], truth: Truth | undefined): Row {
  const { idempotent, other } = load.ledger?.all ?? { idempotent: rateOf(0, 0, 0), other: rateOf(0, 0, 0) };
  const both = (of: (rate: ReuseRate) => number): number => of(idempotent) + of(other);
  const { requests, stale, suspectedRetries, rate, low, high } = rateOf(
    both((one) => one.requests),
    both((one) => one.stale),
    both((one) => one.suspectedRetries),
  );
  const { reused = 0, reset = 0 } = truth ?? {};
  const really = reset / Math.max(1, reused);
  const holds = low <= really && really <= high ? "holds" : "MISSES";
  const percent = (value: number): string => `${(value * 100).toFixed(2)} %`;
  return {
    name: `${engine}, ${target}`,
    value: (rate ?? 0) * 100,
    unit: "% measured",
    note: `${stale} seen and ${suspectedRetries} suspected of ${requests}; the lab reset ${reset} of ${reused} (${percent(really)}); interval ${percent(low)} to ${percent(high)} ${holds} it`,
  };
}

export async function bench(): Promise<readonly Row[]> {
  return [
    ...(await measure("node", { rate: "300/s", duration: "20s" })),
    ...(await measure("k6", { rate: "100/s", duration: "20s" })),
  ];
}
