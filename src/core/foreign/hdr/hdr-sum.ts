import { createHistogram, type Histogram } from "#core/statistics/histogram.ts";
import { ms } from "#core/units.ts";
import type { ForeignTimes } from "../foreign-run.ts";
import type { HdrCounts } from "./hdr-decode.ts";

/** Histograms added up in their own values, so that quantiles are to the last digit those that HdrHistogram's tools give. */
export interface HdrSum {
  add(counts: HdrCounts): void;
  readonly count: number;
  /** @param perMs how many of their unit make a millisecond */
  times(perMs: number): ForeignTimes | null;
}

interface Bucket {
  readonly highest: number;
  readonly middle: number;
  count: number;
}

export function createHdrSum(): HdrSum {
  const buckets = new Map<number, Bucket>();
  let count = 0;
  return {
    add(counts) {
      for (const [{ lowest, highest }, times] of counts) {
        count += times;
        const known = buckets.get(highest);
        if (known !== undefined) known.count += times;
        else buckets.set(highest, { highest, middle: middleOf(lowest, highest), count: times });
      }
    },
    get count() {
      return count;
    },
    times(perMs) {
      if (count === 0) return null;
      const sorted = [...buckets.values()].sort((a, b) => a.highest - b.highest);
      const at = (q: number): number => valueAt(sorted, Math.max(1, Math.ceil(q * count * (1 - 1e-12)))) / perMs;
      const sum = sorted.reduce((total, bucket) => total + bucket.middle * bucket.count, 0);
      return {
        mean: sum / count / perMs,
        ...{ p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99), p999: at(0.999) },
        max: (sorted.at(-1)?.highest ?? 0) / perMs,
      };
    },
  };
}

/** As HdrHistogram's `medianEquivalentValue` has it. */
const middleOf = (lowest: number, highest: number): number => lowest + Math.floor((highest - lowest + 1) / 2);

function valueAt(sorted: readonly Bucket[], rank: number): number {
  let seen = 0;
  for (const { highest, count } of sorted) {
    seen += count;
    if (seen >= rank) return highest;
  }
  return sorted.at(-1)?.highest ?? 0;
}

/** In our own buckets, to be drawn, merged and compared: to 0.1 % of the value beside what its own are. */
export function toHistogram(counts: HdrCounts, perMs: number): Histogram {
  const histogram = createHistogram();
  for (const [{ lowest, highest }, times] of counts) histogram.record(ms(middleOf(lowest, highest) / perMs), times);
  return histogram;
}
