import type { LoadPlan } from "#core/plan/load-plan.ts";
import { showMs } from "#core/units.ts";
import type { CredentialStore } from "#node/credentials/store.ts";
import { prepareScenario } from "#node/load/find-scenario.ts";
import { inspectScenario } from "#node/load/inspect-scenario.ts";
import { refuseOutput } from "#node/load/k6-arguments.ts";
import type { K6Binary } from "#node/load/k6-binary/k6-binary.ts";
import { provideK6 } from "#node/load/k6-binary/provide-k6.ts";
import type { K6Outcome } from "#node/load/k6-outcome.ts";
import { runK6 } from "#node/load/k6-run.ts";
import { type Call, CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import type { LoadEngine } from "./engine.ts";

export interface K6Script {
  readonly k6: K6Binary;
  readonly script: string;
}

/** k6 itself and the scenario, bundled; or why there is none, before anything is sent. */
export async function prepareK6(call: Call, scenario: string, folder: string): Promise<K6Script> {
  const bundled = await prepareScenario(scenario, folder, call.directory);
  if (bundled.kind === "refused") throw new CliError(exitCodes.usage, bundled.message);
  const k6 = await provideK6({
    env: call.env,
    signal: call.signal,
    onProgress: (line) => {
      if (!call.global.quiet) call.terminal.err(`pathproof: ${line}\n`);
    },
  });
  if (k6.kind === "missing") throw new CliError(exitCodes.environment, k6.message);
  return { k6, script: bundled.script };
}

/** Lets k6 read the script with the plan. @throws CliError for what it refuses, a mistake in the scenario or the load */
export async function inspectK6(
  { k6, script }: K6Script,
  plan: LoadPlan,
  scriptEnv: Readonly<Record<string, string>>,
): Promise<void> {
  const inspected = await inspectScenario(k6, script, plan, scriptEnv);
  if (inspected.kind === "refused") throw new CliError(exitCodes.usage, inspected.message);
  if (inspected.kind === "broken") throw new CliError(exitCodes.environment, `nothing was sent: ${inspected.message}`);
}

/** @throws CliError for an output that would get in our way */
export function checkOutputs(outputs: readonly string[]): void {
  for (const output of outputs) {
    const why = refuseOutput(output);
    if (why !== null) throw new CliError(exitCodes.usage, why);
  }
}

export interface K6EngineOptions extends K6Script {
  readonly plan: LoadPlan;
  /** Null where nothing is signed. */
  readonly store: CredentialStore | null;
  readonly caFile: string | null;
  readonly outputs: readonly string[];
  readonly scriptEnv: Readonly<Record<string, string>>;
}

export const createK6Engine =
  ({ store, ...options }: K6EngineOptions): LoadEngine =>
  async ({ sink, signal, onStarted }) => {
    const begunAt = performance.now();
    const outcome = await runK6({
      ...options,
      credentials: store === null ? null : () => store.current(),
      signal,
      sink,
      onStarted,
    });
    return cutShort(outcome, options.plan, performance.now() - begunAt);
  };

/** A script's own options may have it end when they like; what was planned is then not what was measured. */
function cutShort(outcome: K6Outcome, { warmupMs, durationMs }: LoadPlan, lastedMs: number): K6Outcome {
  if (outcome.kind !== "finished" || lastedMs >= warmupMs + durationMs) return outcome;
  const message = `The script's own options had k6 end after ${showMs(lastedMs)}: workload() makes them as the load says.`;
  return { kind: "failed", message, facts: outcome.facts };
}
