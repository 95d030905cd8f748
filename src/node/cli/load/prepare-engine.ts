import type { Load } from "#core/config/config.ts";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import { scenarioOf, whyUnfit } from "#core/scenarios/played.ts";
import { readSettings, type Settings, settingNames } from "#core/scenarios/settings.ts";
import type { CredentialStore } from "#node/credentials/store.ts";
import { ownScenario } from "#node/load/find-scenario.ts";
import { type Call, CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import { reason } from "../open-run.ts";
import type { LoadEngine } from "./engine.ts";
import { createK6Engine, inspectK6, prepareK6 } from "./k6-engine.ts";
import { createNodeEngine } from "./node-engine.ts";

/** An engine that lacks nothing but its plan. */
export interface PreparedEngine {
  /** @throws CliError where it cannot run the plan */
  create(plan: LoadPlan): Promise<LoadEngine>;
}

export interface EngineChoice {
  readonly load: Load;
  /** Null where nothing is signed. */
  readonly store: CredentialStore | null;
  readonly authority: { readonly caFile: string | null; readonly caPem: string | null };
  /** k6's own. */
  readonly outputs: readonly string[];
  /** Of the Node engine. */
  readonly threads: number;
  /** For what k6 must read. */
  readonly scratch: string;
}

/** The engine that a load asks for, or why there is none, before anything is resolved or sent. */
export async function prepareEngine(call: Call, choice: EngineChoice): Promise<PreparedEngine> {
  const { load, store, authority, outputs, threads, scratch } = choice;
  const settings = settingsOf(call);
  if (load.engine === "node") {
    await sayNotPlayed(call, load.scenario);
    return {
      async create(plan) {
        const why = whyUnfit(plan, scenarioOf(plan));
        if (why !== null) throw new CliError(exitCodes.usage, `nothing was sent: ${why}`);
        return createNodeEngine({ plan, store, caPem: authority.caPem, threads, settings });
      },
    };
  }
  const prepared = await prepareK6(call, load.scenario, scratch);
  return {
    async create(plan) {
      const scriptEnv = settingsFor(call);
      await inspectK6(prepared, plan, scriptEnv);
      return createK6Engine({ ...prepared, plan, store, caFile: authority.caFile, outputs, scriptEnv });
    },
  };
}

/** In k6 a script of one's own comes before the scenario of its name that comes along; here it cannot run at all. */
async function sayNotPlayed({ directory, terminal }: Call, scenario: string): Promise<void> {
  const own = await ownScenario(scenario, directory);
  if (own === null) return;
  terminal.err(
    `pathproof: ${own} is not run: engine node plays the ${scenario} that comes along, scripts are for --engine k6\n`,
  );
}

/** @throws CliError for what a scenario could not go by */
function settingsOf({ env }: Call): Settings {
  try {
    return readSettings(env);
  } catch (error) {
    throw new CliError(exitCodes.usage, reason(error));
  }
}

/** The same, as a script reads them. */
const settingsFor = ({ env }: Call): Readonly<Record<string, string>> =>
  Object.fromEntries(settingNames.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
