import type { Config } from "#core/config/config.ts";
import { namedPrincipal } from "#core/plan/as-principal.ts";
import { makeComparePlan } from "#core/plan/compare-plan.ts";
import { describeComparison } from "#core/plan/describe-comparison.ts";
import type { SavedComparison } from "#core/plan/saved-comparison.ts";
import { showComparison } from "#core/plan/show-comparison.ts";
import type { Target } from "#core/targets/target.ts";
import { createCredentialStore } from "#node/credentials/store.ts";
import { inScratch } from "#node/files/in-scratch.ts";
import { ownScenario } from "#node/load/find-scenario.ts";
import { type Call, CliError } from "./command.ts";
import { confirmComparison } from "./compare/confirm-comparison.ts";
import { asLoad, type CompareWords, designOf } from "./compare/design-of.ts";
import { measureComparison } from "./compare/measure-comparison.ts";
import { sizePaths } from "./compare/size-paths.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { placeTargets } from "./load/place-targets.ts";
import { prepareEngine } from "./load/prepare-engine.ts";
import { credentialsOf, targetsAs } from "./principal-words.ts";
import { readAuthority } from "./read-authority.ts";
import { storeMeans } from "./store-means.ts";

/** The corridor of `compare`: design, place, size, measure, judge, report. */
export async function runCompare(
  call: Call,
  config: Config,
  selected: readonly Target[],
  words: CompareWords,
): Promise<ExitCode> {
  const { engine, pilotOnly, principal } = words;
  const targets = targetsAs(selected, principal, "compare");
  const design = designOf(config, targets, words);
  const { network, limits } = config;
  const { prices } = config.compare;
  if (call.global.dryRun) {
    // A dry run sends no packet, so it asks no resolver either.
    const plan = makeComparePlan(
      design,
      targets.map((target) => ({ target, addresses: target.pinned ?? [] })),
      principal,
    );
    const description = describeComparison(plan, design, engine, prices);
    const { out } = call.terminal;
    out(call.global.json ? `${JSON.stringify(description, null, 2)}\n` : `${showComparison(description)}\n`);
    return exitCodes.pass;
  }

  const source = credentialsOf(config, principal) ?? config.credentials;
  const store = createCredentialStore(source, await storeMeans(call, config));
  const signs = targets.some(({ auth }) => auth === "iam");
  const reading = signs ? await store.current() : null;
  if (reading?.kind === "missing") throw new CliError(exitCodes.environment, `nothing was sent: ${reading.detail}`);
  const caPem = await readAuthority(config);
  await sayOwnScenario(call, engine);
  return inScratch("compare", async (scratch) => {
    const prepared = await prepareEngine(call, {
      load: asLoad(design, targets, words),
      store: signs ? store : null,
      authority: { caFile: network.caFile, caPem },
      outputs: [],
      threads: words.threads,
      scratch,
    });
    const placed = await placeTargets(targets, { network, allow: limits.allow, signal: call.signal });
    const plan = makeComparePlan(design, placed, principal);
    await confirmComparison(call, plan, design);
    const costs = await sizePaths(placed, { config, store, caPem, signal: call.signal });
    const ready = await prepared.create(plan.load);
    const comparison: SavedComparison = {
      engine,
      ...namedPrincipal(principal),
      design,
      lanes: plan.lanes,
      pilotOnly,
      costs,
      prices,
    };
    return measureComparison(call, { comparison, plan, targets, engine: ready });
  });
}

/** Whoever wrote it for a load may not think of it here. */
async function sayOwnScenario(call: Call, engine: CompareWords["engine"]): Promise<void> {
  const own = engine === "k6" ? await ownScenario("steady", call.directory) : null;
  if (own !== null) call.terminal.err(`pathproof: ${own} is what k6 runs here, not the steady that comes along\n`);
}
