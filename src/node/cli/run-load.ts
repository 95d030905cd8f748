import type { Config, CredentialsSource, Load } from "#core/config/config.ts";
import { encodeRunLine, saveTarget } from "#core/observations/saved-run.ts";
import { describeLoad } from "#core/plan/describe-load.ts";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import { makeLoadPlan } from "#core/plan/make-load-plan.ts";
import { type SavedLoad, saveLoad } from "#core/plan/saved-load.ts";
import { showLoad } from "#core/plan/show-load.ts";
import { assembleLoadReport } from "#core/reporters/assemble-load.ts";
import type { Target } from "#core/targets/target.ts";
import { exitCode } from "#core/verdicts/exit-code.ts";
import { rulesOf } from "#core/verdicts/threshold-outcome.ts";
import { type CredentialStore, createCredentialStore, type StoreMeans } from "#node/credentials/store.ts";
import { inScratch } from "#node/files/in-scratch.ts";
import { type Call, CliError } from "./command.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { endUnbegun } from "./forget.ts";
import { confirmLoad } from "./load/confirm.ts";
import type { LoadEngine } from "./load/engine.ts";
import { checkOutputs } from "./load/k6-engine.ts";
import { startLive } from "./load/live.ts";
import { measure } from "./load/measure.ts";
import { checkNodeLoad } from "./load/node-engine.ts";
import { packing } from "./load/packing.ts";
import { placeTargets } from "./load/place-targets.ts";
import { prepareEngine } from "./load/prepare-engine.ts";
import { readBaseline } from "./load/read-baseline.ts";
import { beginRun, reason } from "./open-run.ts";
import { credentialsOf, targetsAs } from "./principal-words.ts";
import { readAuthority } from "./read-authority.ts";
import { storeMeans } from "./store-means.ts";
import { writeReports } from "./write-reports.ts";

/** What `run` was asked beside the load itself. */
export interface LoadWords {
  readonly outputs: readonly string[];
  /** Of the Node engine, that send. */
  readonly threads: number;
  /** A saved run to compare with; null when none was named. */
  readonly baseline: string | null;
  /** Whether a threshold broken for good ends the load. */
  readonly endEarly: boolean;
}

/** The corridor of `run`: plan, place, measure, judge, report. */
export async function runLoad(call: Call, config: Config, load: Load, words: LoadWords): Promise<ExitCode> {
  const targets = targetsOf(load, config);
  if (call.global.dryRun) return showDryRun(call, load, targets);
  if (load.engine === "node") checkNodeLoad(load, words.outputs);
  else checkOutputs(words.outputs);
  const baseline = await baselineOf(call, load, words.baseline);
  const store = await credentialsFor(targets, credentialsOf(config, load.principal), await storeMeans(call, config));
  const { network, limits } = config;
  const authority = { caFile: network.caFile, caPem: await readAuthority(config) };
  return inScratch("run", async (scratch) => {
    const { outputs, threads } = words;
    const prepared = await prepareEngine(call, { load, store, authority, outputs, threads, scratch });
    const placed = await placeTargets(targets, { network, allow: limits.allow, signal: call.signal });
    const plan = makeLoadPlan(load, placed);
    const engine = await prepared.create(plan);
    await confirmLoad(call, describeLoad(plan, load.engine, load.thresholds));
    const saved: SavedLoad = { plan, engine: load.engine, thresholds: load.thresholds, baseline };
    return measureAndReport(call, { saved, targets, engine, endEarly: words.endEarly });
  });
}

/** By target. What is unlike in it is said, not refused: it may be what the thresholds are about. */
async function baselineOf(call: Call, load: Load, run: string | null): Promise<SavedLoad["baseline"]> {
  if (run === null) return {};
  const { byTarget, unlike } = await readBaseline(call.directory, run, load);
  if (unlike !== null)
    call.terminal.err(
      `pathproof: --baseline: ${run} was another load (${unlike}), which is in every difference to it\n`,
    );
  return byTarget;
}

interface Ready {
  readonly saved: SavedLoad;
  readonly targets: readonly Target[];
  readonly engine: LoadEngine;
  readonly endEarly: boolean;
}

async function measureAndReport(call: Call, { saved, targets, engine, endEarly }: Ready): Promise<ExitCode> {
  const { plan } = saved;
  const begun = await beginRun(call, "run", {
    means: { credentials: targets.some(({ auth }) => auth === "iam") ? "temporary" : "absent", endedSession: false },
    checks: [],
    targets: targets.map(saveTarget),
    load: saveLoad(saved),
  });
  const { folder, head } = begun;
  const live = startLive(call.terminal, plan, saved.engine, call.global.quiet);
  const measured = await measure({
    plan,
    engine,
    rules: rulesOf(saved.thresholds),
    baseline: saved.baseline,
    endEarly,
    signal: call.signal,
    save: (tallies) => folder.observe(tallies.map((tally) => `${JSON.stringify(tally)}\n`).join("")),
    onTick: (state) => live.show(state),
    onWarning: (line) => live.say(line),
  });
  live.end();
  if (measured.kind === "not-started") return endUnbegun(call, folder, `nothing was sent: ${measured.message}`);
  const { tally, end, interrupted } = measured;
  for (const note of end.notes) call.terminal.err(`pathproof: ${note}\n`);
  const elapsedMs = begun.elapsedMs();
  const lost = await folder
    .observe(encodeRunLine({ line: "end", elapsedMs, interrupted, load: end }))
    .then(() => measured.lost, reason);
  const { pack } = packing;
  const report = assembleLoadReport({ load: saved, end, tally, targets, ...head, elapsedMs, interrupted, pack });
  await writeReports(call, folder, report, lost);
  return exitCode(report);
}

const targetsOf = ({ name, targets, principal }: Load, config: Config): readonly Target[] =>
  targetsAs(
    config.targets.filter(({ id }) => targets.includes(id)),
    principal,
    `load ${name}`,
  );

function showDryRun({ global, terminal }: Call, load: Load, targets: readonly Target[]): ExitCode {
  // A dry run sends no packet, so it asks no resolver either.
  const plan: LoadPlan = makeLoadPlan(
    load,
    targets.map((target) => ({ target, addresses: target.pinned ?? [] })),
  );
  const description = describeLoad(plan, load.engine, load.thresholds);
  terminal.out(global.json ? `${JSON.stringify(description, null, 2)}\n` : `${showLoad(description)}\n`);
  return exitCodes.pass;
}

/** Null where nothing is to be signed. */
async function credentialsFor(
  targets: readonly Target[],
  source: CredentialsSource | null,
  means: StoreMeans,
): Promise<CredentialStore | null> {
  if (source === null || !targets.some(({ auth }) => auth === "iam")) return null;
  const store = createCredentialStore(source, means);
  const reading = await store.current();
  if (reading.kind === "missing") throw new CliError(exitCodes.environment, `nothing was sent: ${reading.detail}`);
  return store;
}
