import { designMs } from "#core/plan/compare-design.ts";
import type { Block } from "#core/plan/interleave.ts";
import { type ComparedRounds, comparedQuantiles } from "#core/plan/judge-comparison.ts";
import { isBlockSaturated, type LaneSeen } from "#core/plan/lane-seen.ts";
import { pilotNeeds } from "#core/plan/pilot.ts";
import type { ComparedPair } from "#core/statistics/comparison.ts";
import { encodeHistogram } from "#core/statistics/histogram-bytes.ts";
import { intervalOverRounds } from "#core/statistics/quantile-interval.ts";
import { quantileIn } from "#core/statistics/quantile-of.ts";
import { quantilesOf, toMicro } from "#core/statistics/quantiles.ts";
import type { BlockRecord } from "#core/statistics/saved-block.ts";
import { curvePoints } from "./curve-points.ts";
import type {
  ReportedBlock,
  ReportedComparedTarget,
  ReportedDesign,
  ReportedPair,
  ReportedPilot,
  ReportedQuantile,
} from "./reported-comparison.ts";

// What was measured and judged in a comparison, as the report has it.

export function reportedDesign(
  engine: ReportedDesign["engine"],
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

/** Null where the pilot did not come to its end, or there was none. */
export function reportedPilot(compared: ComparedRounds): ReportedPilot | null {
  const { design, blocks, records } = compared;
  const last = blocks.findLastIndex(({ round }) => round < design.pilotRounds);
  const isOver = records.some(({ number, complete }) => complete && number === last);
  return isOver ? { rounds: design.pilotRounds, needs: pilotNeeds(compared) } : null;
}

const microOrNull = (value: number | null): number | null => (value === null ? null : toMicro(value));

export const reportedPair = (pair: ComparedPair): ReportedPair => ({
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

export function reportedLane(
  { lane, rounds, counts, failures, latency, response }: LaneSeen,
  confidence: number,
  pack: (bytes: Uint8Array) => string,
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

export const reportedBlocks = ({ design, blocks, records }: ComparedRounds): readonly ReportedBlock[] =>
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
