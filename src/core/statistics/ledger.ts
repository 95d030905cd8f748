import { type ConnectionEnd, connectionEnds, endedByPeer } from "./connection-end.ts";
import { createHistogram, type Histogram } from "./histogram.ts";
import { addEnded, addReuse, createIdleTable, type IdleTable, idleEdges, windowEdges } from "./idle-table.ts";
import type { Sample } from "./sample.ts";
import { servedSlotOf, servedSlots } from "./served-counts.ts";

/** The lives of a target's connections and what their reuse cost, whatever their number; mergeable exactly. */
export interface Ledger {
  /** After how long the other side is said to end an idle connection; null where nobody says. */
  readonly timerMs: number | null;
  /** Measured requests that were sent on a reused connection. */
  readonly idle: IdleTable;
  /** The same, finely around the timer; null without one. */
  readonly window: IdleTable | null;
  /** Of connections, in the order of `connectionEnds`; those of the warm-up too, as in all that follows. */
  readonly ends: Float64Array;
  /** Connections by how many requests they served: `served-counts.ts`. Those that are still open come to it when the load ends. */
  readonly served: Float64Array;
  /** Of connections that ended before the load did. */
  readonly ages: Histogram;
  readonly counts: LedgerCounts;
}

export interface LedgerCounts {
  /** Connections opened; k6: also those that it seems to have opened without a word. */
  births: number;
  servedSum: number;
  /** Merged by the greater. */
  servedMost: number;
}

export const ledgerCountNames = [
  "births",
  "servedSum",
  "servedMost",
] as const satisfies readonly (keyof LedgerCounts)[];

export const createLedger = (timerMs: number | null): Ledger => ({
  timerMs,
  idle: createIdleTable(idleEdges),
  window: timerMs === null ? null : createIdleTable(windowEdges(timerMs)),
  ends: new Float64Array(connectionEnds.length),
  served: new Float64Array(servedSlots),
  ages: createHistogram(),
  counts: { births: 0, servedSum: 0, servedMost: 0 },
});

/** A measured request that was sent on a reused connection. */
export function reuseInLedger({ idle, window }: Ledger, sample: Sample, stale: boolean): void {
  const { idleMs, idempotent, suspectedRetry } = sample;
  const outcome = stale ? "stale" : suspectedRetry ? "retried" : "answered";
  addReuse(idle, idleMs, idempotent, outcome);
  if (window !== null) addReuse(window, idleMs, idempotent, outcome);
}

export function endInLedger(ledger: Ledger, { how, ageMs, served, idleMs }: ConnectionEnd): void {
  const { idle, window, counts } = ledger;
  addAt(ledger.ends, connectionEnds.indexOf(how));
  addAt(ledger.served, servedSlotOf(served));
  counts.servedSum += served;
  if (served > counts.servedMost) counts.servedMost = served;
  // The age of what is open when the load ends says more of the load.
  if (how !== "open") ledger.ages.record(ageMs);
  if (idleMs === null || !endedByPeer(how)) return;
  addEnded(idle, idleMs);
  if (window !== null) addEnded(window, idleMs);
}

function addAt(cells: Float64Array, at: number): void {
  cells[at] = (cells[at] ?? 0) + 1;
}

export function mergeLedger(into: Ledger, from: Ledger): void {
  mergeTable(into.idle, from.idle);
  mergeTable(into.window, from.window);
  addCells(into.ends, from.ends);
  addCells(into.served, from.served);
  into.ages.merge(from.ages);
  addLedgerCounts(into.counts, from.counts);
}

/** Buckets with other edges hold something else: those stay apart. */
export function mergeTable(into: IdleTable | null, from: IdleTable | null): void {
  if (into === null || from === null || into.edges.length !== from.edges.length) return;
  if (into.edges.every((edge, at) => edge === from.edges[at])) addCells(into.cells, from.cells);
}

export function addLedgerCounts(into: LedgerCounts, from: Readonly<LedgerCounts>): void {
  into.births += from.births;
  into.servedSum += from.servedSum;
  into.servedMost = Math.max(into.servedMost, from.servedMost);
}

export function addCells(into: Float64Array, from: ArrayLike<number>): void {
  for (let at = 0; at < into.length; at++) into[at] = (into[at] ?? 0) + (from[at] ?? 0);
}

export function clearLedger({ idle, window, ends, served, ages, counts }: Ledger): void {
  for (const cells of [idle.cells, window?.cells, ends, served]) cells?.fill(0);
  ages.clear();
  counts.births = 0;
  counts.servedSum = 0;
  counts.servedMost = 0;
}
