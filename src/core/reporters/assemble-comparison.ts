import { blocksOf } from "#core/plan/compare-plan.ts";
import { type ComparedRounds, judgePairs } from "#core/plan/judge-comparison.ts";
import { type LaneSeen, laneSeen, wholeGenerator } from "#core/plan/lane-seen.ts";
import type { SavedComparison } from "#core/plan/saved-comparison.ts";
import type { LoadEnd } from "#core/plan/saved-load.ts";
import { type GeneratorVerdict, machineOf } from "#core/statistics/saturation.ts";
import type { BlockRecord } from "#core/statistics/saved-block.ts";
import type { Target } from "#core/targets/target.ts";
import { type ComparisonOutcome, comparisonVerdict } from "#core/verdicts/comparison-verdict.ts";
import { reportedTarget } from "./assemble.ts";
import { comparisonCosts } from "./comparison-costs.ts";
import { reportedBlocks, reportedDesign, reportedLane, reportedPair, reportedPilot } from "./comparison-rows.ts";
import { generatorWarnings, openedWarnings, refusalWarnings, workWarnings } from "./comparison-warnings.ts";
import type { ReportedPilot } from "./reported-comparison.ts";
import type { RunReport, Vantage } from "./run-report.ts";

/** What a comparison leaves behind, just made or read from its observations. */
export interface ComparisonParts {
  readonly comparison: SavedComparison;
  readonly end: LoadEnd;
  readonly records: readonly BlockRecord[];
  readonly targets: readonly Target[];
  readonly vantage: Vantage;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly elapsedMs: number;
  readonly interrupted: boolean;
  /** Bytes of a histogram as text: deflated, in base64. */
  readonly pack: (bytes: Uint8Array) => string;
}

export function assembleComparisonReport(parts: ComparisonParts): RunReport {
  const { comparison, end } = parts;
  const { design, lanes } = comparison;
  const records = parts.records.toSorted((a, b) => a.number - b.number);
  const compared: ComparedRounds = { design, lanes, blocks: blocksOf(design, lanes), records };
  const seen = lanes.map((lane) => laneSeen(compared, lane));
  const whole = wholeGenerator(seen, machineOf(end));
  const doubts = doubtsOf(seen, whole, end);
  const judged = judgePairs(compared, doubts);
  const pairs = judged.pairs.map(reportedPair);
  const pilot = reportedPilot(compared);
  return {
    schema: "pathproof.report/1",
    command: "compare",
    verdict: verdictOf(comparison, { pairs, failing: [...judged.failing.keys()], doubts }, pilot),
    startedAt: parts.startedAt,
    elapsedMs: parts.elapsedMs,
    interrupted: parts.interrupted,
    vantage: parts.vantage,
    targets: parts.targets.map(reportedTarget),
    checks: [],
    loads: [],
    thresholds: [],
    comparison: {
      ...(comparison.principal === undefined ? {} : { principal: comparison.principal }),
      marginMs: design.marginMs,
      confidence: judged.confidence,
      warnings: [
        ...judged.failing.values(),
        ...workWarnings(parts.targets),
        ...refusalWarnings(parts.targets),
        ...generatorWarnings(seen, whole),
        ...end.notes,
        ...judged.warnings,
        ...openedWarnings(seen),
      ],
      design: reportedDesign(comparison.engine, compared),
      pilot,
      pairs,
      targets: seen.map((one) => reportedLane(one, judged.confidence, parts.pack)),
      blocks: reportedBlocks(compared),
      cost: comparisonCosts(comparison, seen),
    },
  };
}

/** A pilot was asked how long it must last, and passes when it can say so of a quantile at least on each use of connections. */
function verdictOf(
  { pilotOnly, design }: SavedComparison,
  outcome: ComparisonOutcome,
  pilot: ReportedPilot | null,
): RunReport["verdict"] {
  if (!pilotOnly || outcome.failing.length > 0 || outcome.doubts.length > 0) return comparisonVerdict(outcome);
  const told = design.connections.every((use) =>
    pilot?.needs.some(({ connections, expectedMs }) => connections === use && expectedMs !== null),
  );
  return told ? "pass" : "inconclusive";
}

function doubtsOf(seen: readonly LaneSeen[], whole: GeneratorVerdict, { reasons }: LoadEnd): readonly string[] {
  const bottleneck = "the generator was the bottleneck";
  // The engine may have said so itself; once is enough.
  if (reasons.includes(bottleneck)) return reasons;
  if (whole.saturated) return [...reasons, bottleneck];
  const saturated = seen.filter(({ generator }) => generator.saturated).map(({ lane }) => lane.id);
  return saturated.length === 0 ? reasons : [...reasons, `${bottleneck} at ${saturated.join(", ")}`];
}
