import { resolve } from "node:path";
import { build } from "esbuild";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { ConnectionEnd } from "#core/statistics/connection-end.ts";
import type { Sample } from "#core/statistics/sample.ts";
import type { NodeOutcome, NodeRunOptions } from "#node/engine/outcome.ts";
import { runNodeEngine } from "#node/engine/run-engine.ts";

let bundled: Promise<string> | null = null;

/** What the engine's threads run, as `tools/build.mjs` bundles it. */
export function engineProgram(): Promise<string> {
  bundled ??= build({
    entryPoints: [resolve(import.meta.dirname, "../../src/node/engine/thread/main.ts")],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20.12",
    write: false,
  }).then(({ outputFiles: [file] }) => file?.text ?? "");
  return bundled;
}

export interface EngineSeen {
  readonly outcome: NodeOutcome;
  readonly samples: readonly Sample[];
  readonly ended: readonly ConnectionEnd[];
  readonly dropped: number;
  readonly warnings: readonly string[];
}

/** Runs a load on the Node engine and collects what comes of it. */
export async function runEngine(plan: LoadPlan, options: Partial<NodeRunOptions> = {}): Promise<EngineSeen> {
  const samples: Sample[] = [];
  const ended: ConnectionEnd[] = [];
  const warnings: string[] = [];
  let dropped = 0;
  const outcome = await runNodeEngine({
    program: await engineProgram(),
    plan,
    credentials: null,
    caPem: null,
    signal: new AbortController().signal,
    sink: {
      sample: (sample) => samples.push(sample),
      ended: (end) => ended.push(end),
      dropped: ({ count }) => {
        dropped += count;
      },
      warning: (line) => warnings.push(line),
    },
    ...options,
  });
  return { outcome, samples, ended, dropped, warnings };
}
