import { type Ms, ms } from "#core/units.ts";
import { highestMicros, slotCount, slotOf, valuesOf } from "./histogram-layout.ts";

/**
 * Counts of durations that can be merged without loss: quantiles of a merged histogram are those of all its samples, where
 * an average of quantiles would be nobody's. Memory is the same for ten samples and for ten thousand million.
 */
export interface Histogram extends Counted {
  /** A share of 0.1 % or 1 µs is not kept, whichever is more; over an hour counts as an hour, below zero as zero. */
  record(value: Ms, times?: number): void;
  merge(other: Counted): void;
  /**
   * The value that a share `q` of the samples does not exceed, as HdrHistogram gives it: the middle of its bucket.
   *
   * @param q in [0, 1]; others throw a RangeError. Null when empty
   */
  quantile(q: number): Ms | null;
  clear(): void;
}

/** What has been counted: all that a merge needs, whether it lives in memory or was saved. */
export interface Counted {
  readonly count: number;
  /** Of the values as recorded, not as bucketed. Null when empty, as the next two. */
  mean(): Ms | null;
  min(): Ms | null;
  max(): Ms | null;
  /** Non-empty slots, ascending. */
  slots(): Iterable<readonly [slot: number, count: number]>;
}

export function createHistogram(): Histogram {
  const counts = new Float64Array(slotCount);
  let count = 0;
  let sumMs = 0;
  let minMs = Number.POSITIVE_INFINITY;
  let maxMs = Number.NEGATIVE_INFINITY;

  const histogram: Histogram = {
    get count() {
      return count;
    },
    record(value, times = 1) {
      const slot = slotOfMs(value);
      counts[slot] = (counts[slot] ?? 0) + times;
      count += times;
      sumMs += value * times;
      if (value < minMs) minMs = value;
      if (value > maxMs) maxMs = value;
    },
    merge(other) {
      const [lowest, highest, mean] = [other.min(), other.max(), other.mean()];
      if (lowest === null || highest === null || mean === null) return;
      for (const [slot, times] of other.slots()) counts[slot] = (counts[slot] ?? 0) + times;
      count += other.count;
      sumMs += mean * other.count;
      minMs = Math.min(minMs, lowest);
      maxMs = Math.max(maxMs, highest);
    },
    mean: () => (count === 0 ? null : ms(sumMs / count)),
    min: () => (count === 0 ? null : ms(minMs)),
    max: () => (count === 0 ? null : ms(maxMs)),
    quantile(q) {
      if (!(q >= 0 && q <= 1)) throw new RangeError(`a quantile lies in [0, 1], got ${q}`);
      if (count === 0) return null;
      return ms(Math.min(maxMs, Math.max(minMs, middleOf(slotAt(counts, Math.max(1, Math.ceil(q * count)))))));
    },
    *slots() {
      if (count === 0) return;
      const last = slotOfMs(maxMs);
      for (let slot = slotOfMs(minMs); slot <= last; slot++) {
        const times = counts[slot] ?? 0;
        if (times > 0) yield [slot, times];
      }
    },
    clear() {
      counts.fill(0);
      count = 0;
      sumMs = 0;
      minMs = Number.POSITIVE_INFINITY;
      maxMs = Number.NEGATIVE_INFINITY;
    },
  };
  return histogram;
}

/** Whole microseconds, within what can be counted. */
const microsOf = (value: number): number => Math.min(highestMicros, Math.max(0, Math.round(value * 1000)));

/** Where a duration in milliseconds is counted. */
export const slotOfMs = (value: number): number => slotOf(microsOf(value));

/** The slot that holds the sample of that rank, counted from 1. */
function slotAt(counts: Float64Array, rank: number): number {
  let seen = 0;
  for (let slot = 0; slot < counts.length; slot++) {
    seen += counts[slot] ?? 0;
    if (seen >= rank) return slot;
  }
  return counts.length - 1;
}

function middleOf(slot: number): number {
  const { lowest, width } = valuesOf(slot);
  return (lowest + (width - 1) / 2) / 1000;
}
