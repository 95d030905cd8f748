import { rowMiddleOf, rowSlotOf, rowSlots } from "./row-layout.ts";

/** A second, or a few, of a time series. While it grows its counts lie side by side; once it is quiet they are packed. */
export interface Row {
  requests: number;
  failures: number;
  /** Opened in it. */
  connections: number;
  /** Those that ended in it, by `connectionEnds`; null while there are none. */
  ends: Uint32Array | null;
  maxMs: number | null;
  /** By slot; null while packed. */
  open: Uint32Array | null;
  /** Slot, count, slot, count …; what `open` holds instead while it is there. */
  packed: Uint32Array;
}

const nothing = new Uint32Array(0);

export const emptyRow = (): Row => ({
  requests: 0,
  failures: 0,
  connections: 0,
  ends: null,
  maxMs: null,
  open: null,
  packed: nothing,
});

export function addToRow(row: Row, ms: number): void {
  const counts = opened(row);
  const slot = rowSlotOf(ms);
  counts[slot] = (counts[slot] ?? 0) + 1;
  if (row.maxMs === null || ms > row.maxMs) row.maxMs = ms;
}

/** Leaves `from` as it was. */
export function mergeRows(into: Row, from: Row): void {
  into.requests += from.requests;
  into.failures += from.failures;
  into.connections += from.connections;
  if (from.ends !== null) {
    into.ends ??= new Uint32Array(from.ends.length);
    for (let at = 0; at < from.ends.length; at++) into.ends[at] = (into.ends[at] ?? 0) + (from.ends[at] ?? 0);
  }
  if (from.maxMs === null) return;
  into.maxMs = Math.max(into.maxMs ?? 0, from.maxMs);
  const counts = opened(into);
  const pairs = pairsOf(from);
  for (let at = 0; at < pairs.length; at += 2) {
    const slot = pairs[at] ?? 0;
    counts[slot] = (counts[slot] ?? 0) + (pairs[at + 1] ?? 0);
  }
}

export function packRow(row: Row): void {
  row.packed = pairsOf(row);
  row.open = null;
}

/** Its latencies as slot, count, slot, count …, ascending. */
export function pairsOf({ open, packed }: Row): Uint32Array {
  if (open === null) return packed;
  let used = 0;
  for (const count of open) if (count > 0) used += 1;
  const pairs = new Uint32Array(used * 2);
  let at = 0;
  for (let slot = 0; slot < open.length; slot++) {
    const count = open[slot] ?? 0;
    if (count === 0) continue;
    pairs[at++] = slot;
    pairs[at++] = count;
  }
  return pairs;
}

/** To 0.8 %; null when no request of the row was answered as it should. */
export function rowQuantile(row: Row, q: number): number | null {
  const pairs = pairsOf(row);
  let count = 0;
  for (let at = 1; at < pairs.length; at += 2) count += pairs[at] ?? 0;
  if (count === 0) return null;
  const rank = Math.max(1, Math.ceil(q * count));
  if (rank === count) return row.maxMs;
  let seen = 0;
  for (let at = 0; at < pairs.length; at += 2) {
    seen += pairs[at + 1] ?? 0;
    if (seen >= rank) return Math.min(rowMiddleOf(pairs[at] ?? 0), row.maxMs ?? Number.POSITIVE_INFINITY);
  }
  return null;
}

function opened(row: Row): Uint32Array {
  if (row.open !== null) return row.open;
  const counts = new Uint32Array(rowSlots);
  for (let at = 0; at < row.packed.length; at += 2) counts[row.packed[at] ?? 0] = row.packed[at + 1] ?? 0;
  row.open = counts;
  return counts;
}
