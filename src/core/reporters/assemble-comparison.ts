import { designMs } from "#core/plan/compare-design.ts";
import { blocksOf } from "#core/plan/compare-plan.ts";
import type { Block } from "#core/plan/interleave.ts";
import { type ComparedRounds, comparedQuantiles, judgePairs } from "#core/plan/judge-comparison.ts";
import { isBlockSaturated, type LaneSeen, laneSeen, wholeGenerator } from "#core/plan/lane-seen.ts";
import { pilotNeeds } from "#core/plan/pilot.ts";
import type { SavedComparison } from "#core/plan/saved-comparison.ts";
import type { LoadEnd } from "#core/plan/saved-load.ts";
import type { ComparedPair } from "#core/statistics/comparison.ts";
import { encodeHistogram } from "#core/statistics/histogram-bytes.ts";
import { intervalOverRounds } from "#core/statistics/quantile-interval.ts";
import { quantileIn } from "#core/statistics/quantile-of.ts";
import { quantilesOf, toMicro } from "#core/statistics/quantiles.ts";
import { type GeneratorVerdict, machineOf } from "#core/statistics/saturation.ts";
import type { BlockRecord } from "#core/statistics/saved-block.ts";
import type { Target } from "#core/targets/target.ts";
import { type ComparisonOutcome, comparisonVerdict } from "#core/verdicts/comparison-verdict.ts";
import { reportedTarget } from "./assemble.ts";
import { comparisonCosts } from "./comparison-costs.ts";
import { curvePoints } from "./curve-points.ts";
import type {
  ReportedBlock,
  ReportedComparedTarget,
  ReportedDesign,
  ReportedPair,
  ReportedPilot,
  ReportedQuantile,
} from "./reported-comparison.ts";
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
      marginMs: design.marginMs,
      confidence: judged.confidence,
      warnings: [
        ...judged.failing.values(),
        ...workWarnings(parts.targets),
        ...generatorWarnings(seen, whole),
        ...end.notes,
        ...judged.warnings,
        ...openedWarnings(seen),
      ],
      design: reportedDesign(comparison, compared),
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

/** Paths are compared by what they carry: where one is asked more kinds of requests than another, so is that. */
function workWarnings(targets: readonly Target[]): readonly string[] {
  const counts = targets.map(({ requests }) => requests.length);
  if (new Set(counts).size < 2) return [];
  const words = targets.map(({ id, requests: { length } }) => `${id} ${length}`).join(", ");
  return [
    `Not the same work: targets take turns among so many requests each: ${words}. What those differ in is in the differences too; give each target the one request that all of them answer alike.`,
  ];
}

const generatorWarnings = (seen: readonly LaneSeen[], whole: GeneratorVerdict): readonly string[] => [
  ...whole.sentences,
  ...seen.flatMap(({ lane, generator }) => generator.sentences.map((sentence) => `${lane.id}: ${sentence}`)),
];

/** One in a hundred: beyond it the peer, and not chance, ends connections. */
const openedShareMax = 0.01;

function openedWarnings(seen: readonly LaneSeen[]): readonly string[] {
  return seen.flatMap(({ lane, counts: { requests, opened } }) =>
    lane.use === "reused" && opened > openedShareMax * requests
      ? [
          `${opened} of ${requests} requests to ${lane.target} opened a connection where they were to find one: they are left out of its latencies, for cold and reused are not mixed. Either the peer ended connections, or more were busy at once than a block begins with.`,
        ]
      : [],
  );
}

function reportedDesign(
  { engine }: SavedComparison,
  { design, lanes, blocks, records }: ComparedRounds,
): ReportedDesign {
  const { seed, rounds, blockMs, headMs, rate, connections } = design;
  const whole = new Set(records.filter(({ complete }) => complete).map(({ number }) => number));
  const missing = blocks.filter((_, number) => !whole.has(number)).map(({ round }) => round);
  const roundsDone = rounds - new Set(missing).size;
  const targets = new Set(lanes.map(({ target }) => target)).size;
  const durationMs = designMs(design, targets, rounds);
  return { engine, seed, rounds, roundsDone, blockMs, headMs, rate, connections, durationMs };
}

function reportedPilot(compared: ComparedRounds): ReportedPilot | null {
  const { design, blocks, records } = compared;
  const last = blocks.findLastIndex(({ round }) => round < design.pilotRounds);
  const isOver = records.some(({ number, complete }) => complete && number === last);
  return isOver ? { rounds: design.pilotRounds, needs: pilotNeeds(compared) } : null;
}

const microOrNull = (value: number | null): number | null => (value === null ? null : toMicro(value));

const reportedPair = (pair: ComparedPair): ReportedPair => ({
  a: pair.a,
  b: pair.b,
  connections: pair.set === "cold" ? "cold" : "reused",
  quantile: pair.quantile,
  deltaMs: microOrNull(pair.deltaMs),
  lowMs: microOrNull(pair.lowMs),
  highMs: microOrNull(pair.highMs),
  smallestVisibleMs: microOrNull(pair.smallestVisibleMs),
  roundsNeeded: pair.roundsNeeded,
  verdict: pair.verdict,
  rounds: pair.rounds,
  samples: pair.samples,
  warnings: pair.warnings,
});

function reportedLane(
  { lane, rounds, counts, failures, latency, response }: LaneSeen,
  confidence: number,
  pack: ComparisonParts["pack"],
): ReportedComparedTarget {
  const latencies = rounds.map((record) => record?.times.latency ?? null);
  return {
    target: lane.target,
    connections: lane.use,
    requests: counts.requests,
    failures: Object.fromEntries([...failures].sort(([a], [b]) => (a < b ? -1 : 1))),
    dropped: counts.dropped,
    connectionsOpened: counts.opened,
    latencyMs: quantilesOf(latency),
    responseMs: quantilesOf(response),
    quantiles: comparedQuantiles.map((quantile): ReportedQuantile => {
      const found = intervalOverRounds(latencies, quantile, confidence);
      if (found.kind === "too-few") return { quantile, valueMs: null, lowMs: null, highMs: null };
      const { valueMs, lowMs, highMs } = found;
      return { quantile, valueMs: toMicro(valueMs), lowMs: toMicro(lowMs), highMs: toMicro(highMs) };
    }),
    curve: curvePoints(latency),
    histogram: pack(encodeHistogram(latency)),
  };
}

const reportedBlocks = ({ design, blocks, records }: ComparedRounds): readonly ReportedBlock[] =>
  records.flatMap((record) => {
    const block = blocks[record.number];
    return block === undefined ? [] : [reportedBlock(block, record, block.round < design.pilotRounds)];
  });

function reportedBlock(block: Block, record: BlockRecord, pilot: boolean): ReportedBlock {
  const { latency, late } = record.times;
  return {
    round: block.round,
    pilot,
    target: block.target,
    connections: block.connections,
    startMs: block.startMs,
    complete: record.complete,
    requests: record.counts.requests,
    failures: record.counts.failed,
    dropped: record.counts.dropped,
    latencyMsP50: microOrNull(quantileIn(latency, 0.5)),
    latencyMsP99: microOrNull(quantileIn(latency, 0.99)),
    lateMsP99: microOrNull(quantileIn(late, 0.99)),
    saturated: isBlockSaturated(record),
  };
}
