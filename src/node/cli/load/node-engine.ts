import type { Load } from "#core/config/config.ts";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import { scenarioNamed, scenarios } from "#core/scenarios/registry.ts";
import type { Settings } from "#core/scenarios/settings.ts";
import { showMs } from "#core/units.ts";
import type { CredentialStore } from "#node/credentials/store.ts";
import type { NodeFacts, NodeOutcome } from "#node/engine/outcome.ts";
import { runNodeEngine } from "#node/engine/run-engine.ts";
import { CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import type { EngineFacts, EngineOutcome, LoadEngine } from "./engine.ts";

declare const __PATHPROOF_ENGINE__: string;

/** @throws CliError for what only k6 can do */
export function checkNodeLoad({ scenario }: Load, outputs: readonly string[]): void {
  if (scenarioNamed(scenario) === null)
    throw new CliError(
      exitCodes.usage,
      `engine: node plays the scenarios that come along (${Object.keys(scenarios).join(", ")}); "${scenario}" is a script, and for --engine k6`,
    );
  if (outputs.length > 0) throw new CliError(exitCodes.usage, "--out-k6 names an output of k6; it takes --engine k6");
}

export interface NodeEngineOptions {
  readonly plan: LoadPlan;
  /** Null where nothing is signed. */
  readonly store: CredentialStore | null;
  readonly caPem: string | null;
  readonly threads: number;
  readonly settings: Settings;
}

export const createNodeEngine =
  ({ store, ...options }: NodeEngineOptions): LoadEngine =>
  async ({ sink, signal, onStarted }) =>
    outcomeOf(
      await runNodeEngine({
        ...options,
        program: __PATHPROOF_ENGINE__,
        credentials: store === null ? null : () => store.current(),
        signal,
        sink,
        onStarted,
      }),
    );

const outcomeOf = (outcome: NodeOutcome): EngineOutcome =>
  outcome.kind === "not-started" ? outcome : { ...outcome, facts: factsOf(outcome.facts) };

/** A thread that is at work for more of the time measures its own queue too. */
const busyShareMax = 0.95;
const loopDelayMsMax = 25;

/** How the threads fared, in words; and whether the times are still those of the path. */
export function factsOf({ threads }: NodeFacts): EngineFacts {
  const sum = (of: (facts: NodeFacts["threads"][number]) => number): number =>
    threads.reduce((total, facts) => total + of(facts), 0);
  const most = (of: (facts: NodeFacts["threads"][number]) => number): number => Math.max(0, ...threads.map(of));
  const waited = sum((facts) => facts.waited);
  const cutOff = sum((facts) => facts.cutOff);
  const busy = most((facts) => facts.busyShare);
  const delayMs = most((facts) => facts.loopDelayMsP99);
  const notes = [
    waited === 0
      ? null
      : `${waited} requests waited for a connection, since all ${sum((facts) => facts.connectionsMost)} that were open were busy; they count from when they were due.`,
    cutOff === 0 ? null : `${cutOff} requests were under way when the load was stopped, and are not counted.`,
    busy <= busyShareMax
      ? null
      : `A loading thread was at work ${Math.round(busy * 100)} % of the time: it set the pace, not the path. With --threads there are more.`,
    delayMs <= loopDelayMsMax
      ? null
      : `A loading thread was held up: one moment in a hundred came ${showMs(delayMs)} late or later.`,
  ].filter((note) => note !== null);
  return {
    thrown: 0,
    firstException: null,
    untagged: 0,
    saturated: busy > busyShareMax || delayMs > loopDelayMsMax,
    notes,
  };
}
