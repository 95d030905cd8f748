import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import type { ReportedComparison, ReportedPair } from "#core/reporters/reported-comparison.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { createHistogram, type Histogram } from "#core/statistics/histogram.ts";
import { decodeSlots } from "#core/statistics/histogram-bytes.ts";
import { valuesOf } from "#core/statistics/histogram-layout.ts";
import { ms } from "#core/units.ts";
import { packing } from "#node/cli/load/packing.ts";
import type { Row } from "./signing.ts";

const program = fileURLToPath(new URL("../../../../dist/pathproof.mjs", import.meta.url));
/** `known`, `equal`, `engines`: all of them unless `COMPARE_PARTS` says which. */
const parts = (process.env["COMPARE_PARTS"] ?? "known,equal,engines").split(",");
const seeds = Number(process.env["COMPARE_SEEDS"] ?? 50);
const atATime = 4;

/** One server of the lab under several names, so that paths differ by what their queries ask for and by nothing else. */
const paths = {
  base: "/orders/1?delay=10",
  "plus-1": "/orders/1?delay=11",
  "plus-3": "/orders/1?delay=13",
  tail: "/orders/1?delay=10&tail=50:2",
  quick: "/orders/1",
  "quick-too": "/orders/1",
  slow: "/orders/1?delay=20",
  "slow-too": "/orders/1?delay=20",
} as const;
type Path = keyof typeof paths;

/** Known delays are found, equal paths stay equal, and both engines see the same. */
export async function bench(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "pathproof-bench-"));
  const lab = spawn(process.execPath, [program, "lab"], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const [line] = await once(createInterface({ input: lab.stdout }), "line");
    const config = writeConfig(JSON.parse(line).config);
    const compare = comparing(config, folder);
    return [
      ...(parts.includes("known") ? await knownDelays(compare) : []),
      ...(parts.includes("equal") ? await equalPaths(compare) : []),
      ...(parts.includes("engines") ? await bothEngines(compare) : []),
    ];
  } finally {
    lab.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Beside the lab's own, so that its files are found. */
function writeConfig(file: string): string {
  const lab = parse(readFileSync(file, "utf8"));
  const { url } = lab.targets.plain;
  const targets = Object.fromEntries(
    Object.entries(paths).map(([id, path]) => [id, { kind: "http", url, auth: "none", request: { path } }]),
  );
  const config = join(dirname(file), "compare.yaml");
  writeFileSync(config, stringify({ version: 1, network: lab.network, targets }));
  return config;
}

type Compare = (ids: readonly Path[], words: Readonly<Record<string, string>>) => Promise<ReportedComparison>;

function comparing(config: string, folder: string): Compare {
  let count = 0;
  return async (ids, words) => {
    const out = join(folder, String(count++));
    const options = Object.entries(words).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn(
      process.execPath,
      [program, "compare", ...ids, "-c", config, "--out", out, "--quiet", ...options],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    const [code, signal] = await once(child, "exit");
    if (signal !== null || code > 4 || code === 2 || code === 3)
      throw new Error(`a comparison ended with ${code ?? signal}`);
    const report: RunReport = JSON.parse(readFileSync(join(out, "report.json"), "utf8"));
    if (report.comparison === null) throw new Error("a comparison left no comparison");
    return report.comparison;
  };
}

const row = (name: string, value: number, unit: string, note = ""): Row => ({ name, value, unit, note });

async function knownDelays(compare: Compare): Promise<readonly Row[]> {
  const ids = ["base", "plus-1", "plus-3", "tail"] as const;
  const found = await compare(ids, { rate: "200/s", duration: "80s", block: "500ms", margin: "500ms", seed: "1" });
  const base = histogramOf(found, "base");
  const questions = found.pairs.filter(({ a }) => a === "base");
  const rows = questions.map((pair) => {
    const truthMs = truthOf(pair, base);
    const { lowMs, highMs, deltaMs } = pair;
    const holds = lowMs !== null && highMs !== null && lowMs <= truthMs && truthMs <= highMs;
    const name = `known delay: base − ${pair.b} at p${pair.quantile * 100}`;
    return {
      holds,
      row: row(
        name,
        deltaMs ?? Number.NaN,
        "ms",
        `truth ${truthMs.toFixed(3)}, interval ${lowMs} to ${highMs}${holds ? "" : ": MISSED"}`,
      ),
    };
  });
  return [
    ...rows.map((one) => one.row),
    row(
      "known delays: intervals of 95 % that hold the truth",
      rows.filter(({ holds }) => holds).length,
      `of ${rows.length}`,
    ),
  ];
}

/** The answers of the base, delayed as the path's are: by a constant, or at random by 50 ms. */
function truthOf({ b, quantile }: ReportedPair, base: Histogram): number {
  if (b === "plus-1") return -1;
  if (b === "plus-3") return -3;
  const delayed = createHistogram();
  for (const [slot, count] of base.slots()) {
    const { lowest, width } = valuesOf(slot);
    const value = (lowest + (width - 1) / 2) / 1000;
    delayed.record(ms(value), count * 0.98);
    delayed.record(ms(value + 50), count * 0.02);
  }
  return (base.quantile(quantile) ?? 0) - (delayed.quantile(quantile) ?? 0);
}

function histogramOf({ targets }: ReportedComparison, target: Path): Histogram {
  const bytes = packing.unpack(targets.find((one) => one.target === target)?.histogram ?? "");
  const histogram = createHistogram();
  for (const [slot, count] of (bytes === null ? null : decodeSlots(bytes)) ?? []) {
    const { lowest, width } = valuesOf(slot);
    histogram.record(ms((lowest + (width - 1) / 2) / 1000), count);
  }
  return histogram;
}

/** Paths that are one and the same: whoever calls them different is wrong. The margin is next to nothing, so as not to help. */
async function equalPaths(compare: Compare): Promise<readonly Row[]> {
  const waiting = Array.from({ length: seeds }, (_, index) => index + 1);
  const found: ReportedComparison[] = [];
  const work = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const words = { rate: "450/s", duration: "12s", block: "300ms", margin: "0.001ms", seed: String(seed) };
      found.push(await compare(["quick", "quick-too"], words));
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  const differs = ({ verdict }: ReportedPair): boolean => verdict === "faster" || verdict === "slower";
  const wrong = found.filter(({ pairs }) => pairs.some(differs)).length;
  const asked = found.flatMap(({ pairs }) => pairs).filter(({ deltaMs }) => deltaMs !== null).length;
  return [
    row(
      "equal paths: comparisons that called them different",
      wrong,
      `of ${found.length}`,
      `promised: 5 % at most, ${asked} questions asked`,
    ),
  ];
}

async function bothEngines(compare: Compare): Promise<readonly Row[]> {
  const words = { rate: "100/s", duration: "24s", block: "1s", seed: "1" };
  const ids = ["slow", "slow-too"] as const;
  const node = await compare(ids, { ...words, engine: "node" });
  const k6 = await compare(ids, { ...words, engine: "k6" });
  const at = ({ targets }: ReportedComparison, name: "p50" | "p90"): number =>
    targets[0]?.latencyMs?.[name] ?? Number.NaN;
  return (["p50", "p90"] as const).map((name) => {
    const note = `${at(k6, name)} and ${at(node, name)} ms; asked: within 5 %`;
    return row(`the same path by k6 / by Node at ${name}`, at(k6, name) / at(node, name), "×", note);
  });
}
