import type { Counted } from "./histogram.ts";
import { slotCount, valuesOf } from "./histogram-layout.ts";

/** Non-empty slots, ascending, and how many samples lie in each and below. */
export interface Cumulated {
  readonly slots: readonly number[];
  readonly upTo: readonly number[];
  readonly total: number;
}

export function cumulate(parts: readonly Counted[]): Cumulated {
  const pairs = parts.length === 1 ? (parts[0]?.slots() ?? []) : summed(parts);
  const slots: number[] = [];
  const upTo: number[] = [];
  let total = 0;
  for (const [slot, count] of pairs) {
    total += count;
    slots.push(slot);
    upTo.push(total);
  }
  return { slots, upTo, total };
}

function* summed(parts: readonly Counted[]): Iterable<readonly [slot: number, count: number]> {
  const counts = new Float64Array(slotCount);
  for (const part of parts) for (const [slot, count] of part.slots()) counts[slot] = (counts[slot] ?? 0) + count;
  for (let slot = 0; slot < slotCount; slot++) {
    const count = counts[slot] ?? 0;
    if (count > 0) yield [slot, count];
  }
}

/**
 * The value below which a share `q` of the samples lies, in milliseconds: linear within a bucket, as if its samples lay evenly
 * in it. `Histogram.quantile` gives the bucket's middle, as other tools do; but differences between quantiles would then come
 * in steps of a bucket, and a round more or less would seem to change nothing or much. NaN when empty.
 *
 * @param q in (0, 1)
 * @param without parts of the whole that do not count
 */
export function quantileOf(whole: Cumulated, q: number, without: readonly Cumulated[] = []): number {
  const rank = q * (whole.total - without.reduce((sum, { total }) => sum + total, 0));
  const upTo = (index: number): number => {
    const slot = whole.slots[index] ?? -1;
    return without.reduce((rest, part) => rest - countUpTo(part, slot), whole.upTo[index] ?? 0);
  };
  const index = firstIndex(whole.slots.length, (one) => upTo(one) >= rank);
  const slot = whole.slots[index];
  if (slot === undefined || !(rank > 0)) return Number.NaN;
  const { lowest, width } = valuesOf(slot);
  const below = upTo(index - 1);
  // Values were rounded to whole microseconds, so those of a bucket begin half a microsecond before it.
  return Math.max(0, lowest - 0.5 + (width * (rank - below)) / (upTo(index) - below)) / 1000;
}

const countUpTo = ({ slots, upTo }: Cumulated, slot: number): number =>
  upTo[firstIndex(slots.length, (index) => (slots[index] ?? 0) > slot) - 1] ?? 0;

/** The first of 0 … n − 1 for which it holds, when it holds for all after it too; n when for none. */
export function firstIndex(n: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = n;
  while (low < high) {
    // Not by shifting bits: indices may go beyond 32 of them.
    const middle = low + Math.floor((high - low) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How finely a value of so many milliseconds is kept. */
export const resolutionMs = (valueMs: number): number => Math.max(0.001, valueMs / 1000);

/** The same of samples that stand by themselves; null when there are none. */
export const quantileIn = (counted: Counted, q: number): number | null =>
  counted.count === 0 ? null : quantileOf(cumulate([counted]), q);
