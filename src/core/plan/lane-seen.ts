import type { BlockCounts } from "#core/statistics/block-tally.ts";
import { blockCountNames } from "#core/statistics/block-tally.ts";
import { type Counted, createHistogram, type Histogram } from "#core/statistics/histogram.ts";
import { quantileIn } from "#core/statistics/quantile-of.ts";
import {
  type GeneratorVerdict,
  judgeGenerator,
  type MachineFacts,
  unknownMachine,
} from "#core/statistics/saturation.ts";
import type { BlockRecord } from "#core/statistics/saved-block.ts";
import type { CompareLane } from "./compare-plan.ts";
import { type ComparedRounds, failuresOf, roundsOf } from "./judge-comparison.ts";

/** One target on one use of connections: all its blocks that were measured whole, put together. */
export interface LaneSeen {
  readonly lane: CompareLane;
  readonly rounds: readonly (BlockRecord | null)[];
  readonly counts: Readonly<BlockCounts>;
  readonly failures: ReadonlyMap<string, number>;
  readonly latency: Histogram;
  readonly response: Histogram;
  /** By how late it was. */
  readonly generator: GeneratorVerdict;
}

/** With fewer, a hundredth of them is a packet or two, which any scheduler loses. */
const lateCountMin = 500;

export function laneSeen(compared: ComparedRounds, lane: CompareLane): LaneSeen {
  const rounds = roundsOf(compared, lane.target, lane.use);
  const records = rounds.filter((record) => record !== null);
  const counts = { requests: 0, failed: 0, dropped: 0, warmup: 0, opened: 0 };
  for (const record of records) for (const name of blockCountNames) counts[name] += record.counts[name];
  const latency = merged(records.map(({ times }) => times.latency));
  const late = merged(records.map(({ times }) => times.late));
  return {
    lane,
    rounds,
    counts,
    failures: failuresOf(records),
    latency,
    response: merged(records.map(({ times }) => times.response)),
    generator: judgeGenerator({
      ...nothingDropped,
      requests: counts.requests,
      lateMsP99: late.count < lateCountMin ? null : late.quantile(0.99),
      serviceMsP99: latency.quantile(0.99),
    }),
  };
}

/** Both are judged of the whole: of a few hundred requests one that was dropped would be too many. */
const nothingDropped = { dropped: 0, ...unknownMachine } as const;

/** By what was never sent, and how the machine fared. */
export const wholeGenerator = (seen: readonly LaneSeen[], machine: MachineFacts): GeneratorVerdict =>
  judgeGenerator({
    requests: seen.reduce((sum, { counts }) => sum + counts.requests, 0),
    dropped: seen.reduce((sum, { counts }) => sum + counts.dropped, 0),
    lateMsP99: null,
    serviceMsP99: null,
    ...machine,
  });

/** Of one block; a request or two are lost by chance. */
const droppedShareMax = 0.01;

/** Whether the generator was behind in one block. Of a hundred requests one tells nothing, so that one in ten must be late. */
export function isBlockSaturated({ counts, times }: BlockRecord): boolean {
  if (counts.dropped > droppedShareMax * counts.requests) return true;
  return judgeGenerator({
    ...nothingDropped,
    requests: counts.requests,
    lateMsP99: quantileIn(times.late, 0.9),
    serviceMsP99: quantileIn(times.latency, 0.9),
  }).saturated;
}

function merged(parts: readonly Counted[]): Histogram {
  const whole = createHistogram();
  for (const part of parts) whole.merge(part);
  return whole;
}
