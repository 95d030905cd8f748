import { createIdleTable, type IdleTable } from "./idle-table.ts";
import { addCells, addLedgerCounts, type Ledger, ledgerCountNames, mergeTable } from "./ledger.ts";
import type { Packing } from "./packing.ts";
import { isAmount, isRecord, isSavedTimes, readTimes, type SavedTimes, saveTimes } from "./saved-times.ts";

/** A ledger in a line of `observations.ndjson`. Counts that lie in arrays are written as index, count, index, count … */
export interface SavedLedger {
  readonly counts: Readonly<Record<string, number>>;
  readonly idle: SavedTable;
  readonly window: SavedTable | null;
  readonly ends: readonly number[];
  readonly served: readonly number[];
  /** Null when no connection ended. */
  readonly ages: SavedTimes | null;
}

interface SavedTable {
  /** Without them nobody could tell later what the buckets were. */
  readonly edges: readonly number[];
  readonly cells: readonly number[];
}

export const saveLedger = ({ counts, idle, window, ends, served, ages }: Ledger, packing: Packing): SavedLedger => ({
  counts: Object.fromEntries(ledgerCountNames.filter((name) => counts[name] > 0).map((name) => [name, counts[name]])),
  idle: saveTable(idle),
  window: window === null ? null : saveTable(window),
  ends: sparse(ends),
  served: sparse(served),
  ages: saveTimes(ages, packing),
});

const saveTable = ({ edges, cells }: IdleTable): SavedTable => ({ edges, cells: sparse(cells) });

export const sparse = (cells: ArrayLike<number>): readonly number[] =>
  Array.from(cells, (count, at) => (count > 0 ? [at, count] : [])).flat();

/** Adds what `isSavedLedger` has passed; false, and nothing is added, when its histogram cannot be read. */
export function addSavedLedger(ledger: Ledger, saved: SavedLedger, packing: Packing): boolean {
  const ages = readTimes(saved.ages, packing);
  if (ages === "broken") return false;
  if (ages !== null) ledger.ages.merge(ages);
  mergeTable(ledger.idle, readTable(saved.idle));
  mergeTable(ledger.window, readTable(saved.window));
  addCells(ledger.ends, dense(saved.ends, ledger.ends.length));
  addCells(ledger.served, dense(saved.served, ledger.served.length));
  const { births = 0, servedSum = 0, servedMost = 0 } = saved.counts;
  addLedgerCounts(ledger.counts, { births, servedSum, servedMost });
  return true;
}

function readTable(saved: SavedTable | null): IdleTable | null {
  if (saved === null) return null;
  const table = createIdleTable(saved.edges);
  addCells(table.cells, dense(saved.cells, table.cells.length));
  return table;
}

/** What lies beyond `length` is left out. */
export function dense(pairs: readonly number[], length: number): Float64Array {
  const cells = new Float64Array(length);
  for (let at = 0; at + 1 < pairs.length; at += 2) cells[pairs[at] ?? 0] = pairs[at + 1] ?? 0;
  return cells;
}

export const isSavedLedger = (value: unknown): value is SavedLedger =>
  isRecord(value) &&
  isRecord(value["counts"]) &&
  Object.values(value["counts"]).every(isAmount) &&
  isTable(value["idle"]) &&
  (value["window"] === null || isTable(value["window"])) &&
  isAmounts(value["ends"]) &&
  isAmounts(value["served"]) &&
  (value["ages"] === null || isSavedTimes(value["ages"]));

const edgesMax = 100;

const isTable = (value: unknown): boolean =>
  isRecord(value) && isAmounts(value["edges"]) && value["edges"].length <= edgesMax && isAmounts(value["cells"]);

const isAmounts = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every(isAmount);
