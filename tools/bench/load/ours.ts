// The Node engine as `pathproof run` uses it, and its plans.
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Arrival, LoadPlan } from "#core/plan/load-plan.ts";
import { createTally } from "#core/statistics/tally.ts";
import type { TargetTally } from "#core/statistics/target-tally.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import { ms } from "#core/units.ts";
import { runNodeEngine } from "#node/engine/run-engine.ts";

/** The bundles of benches lie in node_modules/.cache/pathproof/bench. */
export const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** What the engine's threads run, as `tools/build.mjs` bundles it. */
export async function bundleEngine(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve(root, "src/node/engine/thread/main.ts")],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20.12",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

export interface Wanted {
  readonly port: number;
  readonly arrival: Arrival;
  readonly durationMs: number;
  readonly warmupMs: number;
  readonly signed?: boolean;
  /** How many requests that differ; one unless told. */
  readonly requests?: number;
  /** `/orders/N` unless told. */
  readonly path?: (n: number) => string;
}

const request = (path: string): TargetRequest => ({
  name: "main",
  method: "GET",
  path,
  headers: {},
  body: null,
  expect: { statuses: [200], body: null, headers: {} },
});

export const planOf = ({
  port,
  arrival,
  durationMs,
  warmupMs,
  signed = false,
  requests = 1,
  path = (n) => `/orders/${n}`,
}: Wanted): LoadPlan => ({
  schema: "pathproof.load-plan/1",
  load: "bench",
  scenario: "steady",
  arrival,
  durationMs: ms(durationMs),
  warmupMs: ms(warmupMs),
  targets: [
    {
      id: "only",
      kind: "http",
      origin: `http://127.0.0.1:${port}`,
      hostHeader: `127.0.0.1:${port}`,
      protocol: "http/1.1",
      auth: signed ? "iam" : "none",
      signing: signed ? { service: "execute-api", region: "eu-west-1", payload: "signed" } : null,
      requests: Array.from({ length: requests }, (_, n) => request(path(n))),
      timeoutMs: ms(5000),
      functionErrors: false,
      addresses: ["127.0.0.1"],
      idleTimerMs: null,
      connection: { requestsMax: null, ageMsMax: null },
    },
  ],
});

const credentials = {
  accessKeyId: "ASIAEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  sessionToken: "IQoJb3JpZ2luX2VjEXAMPLE".repeat(20),
};

/** A run with all that `pathproof run` counts. @throws Error where anything failed */
export async function runOurs(program: string, plan: LoadPlan, threads = 1): Promise<TargetTally> {
  const tally = createTally(plan);
  const signs = plan.targets.some(({ auth }) => auth === "iam");
  const outcome = await runNodeEngine({
    program,
    plan,
    threads,
    credentials: signs ? async () => ({ kind: "ok", credentials }) : null,
    caPem: null,
    signal: new AbortController().signal,
    sink: {
      sample: (sample) => tally.add(sample),
      ended: (end) => tally.end(end),
      dropped: () => {},
      warning: (line) => console.error(line),
    },
  });
  const [own] = tally.targets;
  if (outcome.kind !== "finished" || own === undefined) throw new Error(JSON.stringify(outcome));
  if (own.counts.failed > 0) throw new Error(`failures: ${JSON.stringify([...own.failures])}`);
  return own;
}
