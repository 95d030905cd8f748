import { encodeRunLine, saveTarget } from "#core/observations/saved-run.ts";
import type { ComparePlan } from "#core/plan/compare-plan.ts";
import { pilotNeeds } from "#core/plan/pilot.ts";
import type { SavedComparison } from "#core/plan/saved-comparison.ts";
import { assembleComparisonReport } from "#core/reporters/assemble-comparison.ts";
import { pilotSentence } from "#core/reporters/pilot-words.ts";
import type { Target } from "#core/targets/target.ts";
import { exitCode } from "#core/verdicts/exit-code.ts";
import type { Call } from "../command.ts";
import type { ExitCode } from "../exit-code.ts";
import { endUnbegun } from "../forget.ts";
import type { LoadEngine } from "../load/engine.ts";
import { startLive } from "../load/live.ts";
import { packing } from "../load/packing.ts";
import { beginRun, reason } from "../open-run.ts";
import { writeReports } from "../write-reports.ts";
import { measureBlocks } from "./measure-blocks.ts";

interface Ready {
  readonly comparison: SavedComparison;
  readonly plan: ComparePlan;
  readonly targets: readonly Target[];
  readonly engine: LoadEngine;
}

/** From the first request to the report. */
export async function measureComparison(call: Call, ready: Ready): Promise<ExitCode> {
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
  if (measured.kind === "not-started") return endUnbegun(call, folder, `nothing was compared: ${measured.message}`);
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
