import { mkdtemp, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import type { Config, Load } from "#core/config/config.ts";
import { showDuration, showRate } from "#core/config/quantity.ts";
import { encodeRunLine, saveTarget } from "#core/observations/saved-run.ts";
import { type CompareDesign, designComparison, designMs } from "#core/plan/compare-design.ts";
import { type ComparePlan, makeComparePlan } from "#core/plan/compare-plan.ts";
import { describeComparison } from "#core/plan/describe-comparison.ts";
import { pilotNeeds } from "#core/plan/pilot.ts";
import type { SavedComparison } from "#core/plan/saved-comparison.ts";
import { scratchName } from "#core/plan/scratch-name.ts";
import { showComparison } from "#core/plan/show-comparison.ts";
import { assembleComparisonReport } from "#core/reporters/assemble-comparison.ts";
import { pilotSentence } from "#core/reporters/pilot-words.ts";
import { defaultPrincipal } from "#core/targets/access.ts";
import type { Target } from "#core/targets/target.ts";
import { type Ms, ms, type PerSecond, showMs } from "#core/units.ts";
import { exitCode } from "#core/verdicts/exit-code.ts";
import { createCredentialStore } from "#node/credentials/store.ts";
import { sweepScratch } from "#node/files/sweep-scratch.ts";
import { type Call, CliError } from "./command.ts";
import { measureBlocks } from "./compare/measure-blocks.ts";
import { sizePaths } from "./compare/size-paths.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { forget } from "./forget.ts";
import { askFrom, confirm } from "./load/confirm.ts";
import type { LoadEngine } from "./load/engine.ts";
import { startLive } from "./load/live.ts";
import { packing } from "./load/packing.ts";
import { placeTargets } from "./load/place-targets.ts";
import { prepareEngine } from "./load/prepare-engine.ts";
import { beginRun, reason } from "./open-run.ts";
import { readAuthority } from "./read-authority.ts";
import { storeMeans } from "./store-means.ts";
import { writeReports } from "./write-reports.ts";

/** What `compare` was asked; null: as the config says. */
export interface CompareWords {
  readonly engine: "k6" | "node";
  readonly rate: PerSecond | null;
  readonly durationMs: Ms | null;
  readonly marginMs: Ms | null;
  readonly blockMs: Ms | null;
  readonly seed: number | null;
  readonly cold: boolean;
  readonly pilotOnly: boolean;
  readonly threads: number;
}

/** The corridor of `compare`: design, place, size, measure, judge, report. */
export async function runCompare(
  call: Call,
  config: Config,
  targets: readonly Target[],
  words: CompareWords,
): Promise<ExitCode> {
  const design = designOf(config, targets, words);
  const { engine, pilotOnly } = words;
  const { network, limits } = config;
  const { prices } = config.compare;
  if (call.global.dryRun) {
    // A dry run sends no packet, so it asks no resolver either.
    const plan = makeComparePlan(
      design,
      targets.map((target) => ({ target, addresses: target.pinned ?? [] })),
    );
    const description = describeComparison(plan, design, engine, prices);
    const { out } = call.terminal;
    out(call.global.json ? `${JSON.stringify(description, null, 2)}\n` : `${showComparison(description)}\n`);
    return exitCodes.pass;
  }

  const store = createCredentialStore(config.credentials, await storeMeans(call, config));
  const signs = targets.some(({ auth }) => auth === "iam");
  const reading = signs ? await store.current() : null;
  if (reading?.kind === "missing") throw new CliError(exitCodes.environment, `nothing was sent: ${reading.detail}`);
  const caPem = await readAuthority(config);
  await sweepScratch();
  const scratch = await mkdtemp(join(tmpdir(), scratchName("compare", hostname(), process.pid)));
  try {
    const prepared = await prepareEngine(call, {
      load: asLoad(design, targets, engine),
      store: signs ? store : null,
      authority: { caFile: network.caFile, caPem },
      outputs: [],
      threads: words.threads,
      scratch,
    });
    const placed = await placeTargets(targets, { network, allow: limits.allow, signal: call.signal });
    const plan = makeComparePlan(design, placed);
    await confirmComparison(call, plan, design);
    const costs = await sizePaths(placed, { config, store, caPem, signal: call.signal });
    const ready = await prepared.create(plan.load);
    const comparison: SavedComparison = { engine, design, lanes: plan.lanes, pilotOnly, costs, prices };
    return await measureAndReport(call, { comparison, plan, targets, engine: ready });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const askedMs = ({ compare }: Config, { durationMs }: CompareWords): Ms => durationMs ?? compare.durationMs;

/** @throws CliError where the guard rails forbid it, or too few rounds would come of it */
function designOf(config: Config, targets: readonly Target[], words: CompareWords): CompareDesign {
  const { compare, limits } = config;
  const rate = words.rate ?? compare.rate;
  const durationMs = askedMs(config, words);
  if (rate > limits.maxRate)
    throw new CliError(
      exitCodes.usage,
      `--rate: ${showRate(limits.maxRate)} at most (limits.maxRate), got ${showRate(rate)}`,
    );
  if (durationMs > limits.maxDurationMs)
    throw new CliError(
      exitCodes.usage,
      `--duration: ${showDuration(limits.maxDurationMs)} at most (limits.maxDuration), got ${showDuration(durationMs)}`,
    );
  const designed = designComparison({
    targets: targets.length,
    durationMs,
    rate,
    marginMs: words.marginMs ?? compare.marginMs,
    seed: words.seed ?? Math.floor(Date.now() / 1000) % 2 ** 32,
    cold: words.cold,
    blockMs: words.blockMs,
  });
  if (designed.kind === "refused") throw new CliError(exitCodes.usage, `compare: ${designed.why}`);
  const { design } = designed;
  if (words.pilotOnly) return { ...design, rounds: design.pilotRounds };
  // A pilot that is the whole run would tell nothing in time.
  return design.pilotRounds < design.rounds ? design : { ...design, pilotRounds: 0 };
}

/** What an engine is chosen and made ready by. */
const asLoad = (design: CompareDesign, targets: readonly Target[], engine: Load["engine"]): Load => ({
  name: "compare",
  engine,
  targets: targets.map(({ id }) => id),
  arrival: { kind: "open", rate: design.rate },
  durationMs: designMs(design, targets.length, design.rounds),
  warmupMs: ms(0),
  scenario: "steady",
  principal: defaultPrincipal,
  thresholds: [],
});

async function confirmComparison(call: Call, { load, blocks }: ComparePlan, design: CompareDesign): Promise<void> {
  const requests = Math.round((blocks.length * design.blockMs * design.rate) / 1000);
  if (design.rate <= askFrom.perSecond && requests <= askFrom.requests) return;
  const where = [...new Set(blocks.map(({ target }) => target))].join(", ");
  await confirm(
    call,
    `This sends ${design.rate} requests/s to ${where} in turn for ${showMs(load.durationMs)}, ${requests} requests in all.`,
  );
}

interface Ready {
  readonly comparison: SavedComparison;
  readonly plan: ComparePlan;
  readonly targets: readonly Target[];
  readonly engine: LoadEngine;
}

async function measureAndReport(call: Call, ready: Ready): Promise<ExitCode> {
  const { comparison, plan, targets, engine } = ready;
  const { design, lanes, pilotOnly } = comparison;
  const begun = await beginRun(call, "compare", {
    means: { credentials: targets.some(({ auth }) => auth === "iam") ? "temporary" : "absent", endedSession: false },
    checks: [],
    targets: targets.map(saveTarget),
    comparison,
  });
  const { folder, head } = begun;
  const stopping = (): void => live.say("stopping, to report what was measured so far; once more ends it at once");
  const live = startLive(call.terminal, plan.load, comparison.engine, call.global.quiet);
  call.signal.addEventListener("abort", stopping, { once: true });
  const measured = await measureBlocks({
    plan,
    engine,
    pilotBlocks: pilotOnly ? 0 : plan.blocks.filter(({ round }) => round < design.pilotRounds).length,
    signal: call.signal,
    save: (block) => folder.observe(`${JSON.stringify(block)}\n`),
    onTick: (state) => live.show(state),
    onPilot: (records) => {
      if (call.global.quiet) return;
      const needs = pilotNeeds({ design, lanes, blocks: plan.blocks, records });
      live.say(pilotSentence({ rounds: design.pilotRounds, needs }, design.marginMs, plan.load.durationMs));
    },
    onWarning: (line) => live.say(line),
  });
  call.signal.removeEventListener("abort", stopping);
  live.end();
  if (measured.kind === "not-started") {
    await forget(folder);
    throw new CliError(exitCodes.environment, `nothing was compared: ${measured.message}`);
  }
  const { records, end, interrupted } = measured;
  const elapsedMs = begun.elapsedMs();
  const lost = await folder
    .observe(encodeRunLine({ line: "end", elapsedMs, interrupted, load: end }))
    .then(() => measured.lost, reason);
  const report = assembleComparisonReport({
    comparison,
    end,
    records,
    targets,
    ...head,
    elapsedMs,
    interrupted,
    pack: packing.pack,
  });
  await writeReports(call, folder, report, lost);
  return exitCode(report);
}
