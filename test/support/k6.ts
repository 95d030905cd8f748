import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { LoadPlan, PlannedTarget } from "#core/plan/load-plan.ts";
import type { Dropped } from "#core/plan/load-run.ts";
import type { ConnectionEnd } from "#core/statistics/connection-end.ts";
import type { Sample } from "#core/statistics/sample.ts";
import { ms, perSecond } from "#core/units.ts";
import { cacheEntry } from "#node/load/k6-binary/cache.ts";
import type { K6Binary } from "#node/load/k6-binary/k6-binary.ts";
import { provideK6 } from "#node/load/k6-binary/provide-k6.ts";
import type { K6Outcome, K6RunOptions } from "#node/load/k6-outcome.ts";
import { runK6 } from "#node/load/k6-run.ts";
import { goProgram } from "./go-program.ts";
import { provideMs } from "./provided.ts";

export const k6BuildMs = provideMs;

/** The real k6, made if need be. Where none can be had, the test that asks is skipped and says why; in CI it fails. */
export async function realK6(): Promise<K6Binary | null> {
  const k6 = await provideK6({ env: process.env, onProgress: (line) => console.warn(line) });
  if (k6.kind === "ok") return k6;
  if (process.env["CI"]) throw new Error(k6.message);
  console.warn(`\nSKIPPED: ${k6.message}\n`);
  return null;
}

/** k6 of the line before, which pathproof works with too: built once a machine from sources pinned beside the tests. */
export async function olderK6(): Promise<K6Binary | null> {
  const version = "1.8.1";
  const path = await goProgram({
    name: `k6 v${version}`,
    path: `${cacheEntry(process.env)}-older-${version}`,
    pins: `test/vectors/k6-v${version}`,
    program: "go.k6.io/k6",
  });
  return path === null ? null : { path, version, how: "built" };
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pathproof-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function scriptFile(text: string): Promise<string> {
  const file = join(await temporaryFolder(), "script.js");
  await writeFile(file, text);
  return file;
}

export const plannedTarget = (id: string, port: number, rest: Partial<PlannedTarget> = {}): PlannedTarget => ({
  id,
  kind: "http",
  origin: `http://127.0.0.1:${port}`,
  hostHeader: `127.0.0.1:${port}`,
  protocol: "http/1.1",
  auth: "none",
  signing: null,
  requests: [
    {
      name: "main",
      method: "GET",
      path: "/",
      headers: {},
      body: null,
      expect: { statuses: [200], body: null, headers: {} },
    },
  ],
  timeoutMs: ms(5000),
  functionErrors: false,
  addresses: ["127.0.0.1"],
  idleTimerMs: null,
  connection: { requestsMax: null, ageMsMax: null },
  ...rest,
});

export const loadPlan = (targets: readonly PlannedTarget[], rest: Partial<LoadPlan> = {}): LoadPlan => ({
  schema: "pathproof.load-plan/1",
  load: "test",
  scenario: "test",
  arrival: { kind: "open", rate: perSecond(50) },
  durationMs: ms(2000),
  warmupMs: ms(0),
  targets,
  ...rest,
});

export interface RunSeen {
  readonly outcome: K6Outcome;
  readonly samples: readonly Sample[];
  readonly ended: readonly ConnectionEnd[];
  readonly dropped: readonly Dropped[];
  readonly warnings: readonly string[];
}

/** Runs a script's text and collects what comes of it. */
export async function runScript(
  k6: K6Binary,
  script: string,
  plan: LoadPlan,
  options: Partial<K6RunOptions> = {},
): Promise<RunSeen> {
  const samples: Sample[] = [];
  const ended: ConnectionEnd[] = [];
  const dropped: Dropped[] = [];
  const warnings: string[] = [];
  const outcome = await runK6({
    k6,
    script: await scriptFile(script),
    plan,
    credentials: null,
    caFile: null,
    outputs: [],
    scriptEnv: {},
    signal: new AbortController().signal,
    sink: {
      sample: (sample) => samples.push(sample),
      ended: (end) => ended.push(end),
      dropped: (one) => dropped.push(one),
      warning: (line) => warnings.push(line),
    },
    ...options,
  });
  return { outcome, samples, ended, dropped, warnings };
}
