import { highestMicros } from "./histogram-layout.ts";

/**
 * Buckets for the rows of a time series: as in `histogram-layout.ts`, but 1.6 % wide at most, so that an hour of them is
 * small. They draw lines; what is reported as a quantile of the whole comes from the fine ones.
 */
const subBucketBits = 7;
const halfBits = subBucketBits - 1;
const halfCount = 1 << halfBits;
const subBucketMask = (1 << subBucketBits) - 1;

export function rowSlotOf(ms: number): number {
  const micros = Math.min(highestMicros, Math.max(0, Math.round(ms * 1000)));
  const bucket = 32 - Math.clz32((micros | subBucketMask) >>> 0) - subBucketBits;
  return ((bucket + 1) << halfBits) + ((micros >>> bucket) - halfCount);
}

/** The middle of a bucket, in milliseconds. */
export function rowMiddleOf(slot: number): number {
  const bucket = Math.max(0, (slot >>> halfBits) - 1);
  const inBucket = slot < halfCount ? slot : (slot & (halfCount - 1)) + halfCount;
  const width = 2 ** bucket;
  return (inBucket * width + (width - 1) / 2) / 1000;
}

export const rowSlots = rowSlotOf(highestMicros / 1000) + 1;
