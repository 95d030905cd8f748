// A lab whose server an observer sees beside the client, and comparisons of its paths as anybody makes them.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { parse, stringify } from "yaml";
import type { ReportedComparison } from "#core/reporters/reported-comparison.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { root } from "../load/ours.ts";

/**
 * One server of the lab under several names, so that paths differ by what their queries ask for and by nothing else. A request
 * comes every 5 ms, and the lab waits for the last millisecond of a delay awake: that must not be when another request comes.
 */
const paths = {
  base: "/orders/1?delay=11.5",
  "plus-1": "/orders/1?delay=12.5",
  "plus-3": "/orders/1?delay=14.5",
  tail: "/orders/1?delay=11.5&tail=50:2",
  quick: "/orders/1",
  "quick-too": "/orders/1",
  slow: "/orders/1?delay=20",
  "slow-too": "/orders/1?delay=20",
} as const;
export type Path = keyof typeof paths;

export interface ObservedLab {
  compare(ids: readonly Path[], words: Readonly<Record<string, string>>): Promise<ReportedComparison>;
  /** How long the lab's server took for each request since this was last asked, in the order in which they came. */
  servedMs(): Promise<(path: Path) => readonly number[]>;
  stop(): void;
}

const program = join(root, "dist/pathproof.mjs");
const observer = join(root, "tools/bench/load/observe-http.mjs");

export async function startObservedLab(): Promise<ObservedLab> {
  const folder = mkdtempSync(join(tmpdir(), "pathproof-bench-"));
  const lab = spawn(process.execPath, ["--import", observer, program, "lab"], {
    stdio: ["ignore", "pipe", "ignore", "ipc"],
  });
  if (lab.stdout === null) throw new Error("the lab has no output");
  const [line] = await once(createInterface({ input: lab.stdout }), "line");
  const config = writeConfig(JSON.parse(line).config);
  let count = 0;
  return {
    compare: (ids, words) => comparing(config, join(folder, String(count++)), ids, words),
    servedMs: () => logOf(lab),
    stop() {
      lab.kill("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
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

async function comparing(
  config: string,
  out: string,
  ids: readonly Path[],
  words: Readonly<Record<string, string>>,
): Promise<ReportedComparison> {
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
}

async function logOf(lab: ChildProcess): Promise<(path: Path) => readonly number[]> {
  lab.send("log");
  const [flat]: readonly (readonly (string | number)[])[] = await once(lab, "message");
  const served: { readonly path: string; readonly inMs: number; readonly tookMs: number }[] = [];
  for (let at = 0; at + 2 < (flat ?? []).length; at += 3) {
    const inMs = Number(flat?.[at + 1]);
    served.push({ path: String(flat?.[at]), inMs, tookMs: Number(flat?.[at + 2]) - inMs });
  }
  served.sort((a, b) => a.inMs - b.inMs);
  return (path) => served.filter((one) => one.path === paths[path]).map(({ tookMs }) => tookMs);
}
