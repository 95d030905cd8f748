/**
 * HdrHistogram's buckets for 1 µs to 1 h at 3 significant digits: a value is kept to within 0.1 % of itself, exactly below
 * 2,048 µs.
 *
 * @see https://github.com/HdrHistogram/HdrHistogram
 */
export const significantDigits = 3;
export const lowestMicros = 1;
export const highestMicros = 3_600_000_000;

const subBucketBits = 11;
const halfBits = subBucketBits - 1;
const halfCount = 1 << halfBits;
const subBucketMask = (1 << subBucketBits) - 1;

/** Where a value is counted. `micros` is whole, 0 to `highestMicros`. */
export function slotOf(micros: number): number {
  const bucket = 32 - Math.clz32((micros | subBucketMask) >>> 0) - subBucketBits;
  return ((bucket + 1) << halfBits) + ((micros >>> bucket) - halfCount);
}

/** The lowest value that is counted in the slot, and how many there are (a power of two). */
export function valuesOf(slot: number): { readonly lowest: number; readonly width: number } {
  const bucket = Math.max(0, (slot >>> halfBits) - 1);
  const inBucket = slot < halfCount ? slot : (slot & (halfCount - 1)) + halfCount;
  const width = 2 ** bucket;
  return { lowest: inBucket * width, width };
}

export const slotCount = slotOf(highestMicros) + 1;
