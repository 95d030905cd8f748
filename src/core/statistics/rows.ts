import { type ConnectionEndKind, connectionEnds } from "./connection-end.ts";
import { toMicro } from "./quantiles.ts";
import { addToRow, emptyRow, mergeRows, packRow, type Row, rowQuantile } from "./row.ts";

/**
 * A load second by second, in bounded memory: beyond an hour of rows neighbours are merged, two seconds each, then four … Their
 * counts are added and their histograms merged; no quantile is averaged.
 */
export interface Rows {
  /** A power of two. */
  readonly widthSeconds: number;
  /** @param ms null when it failed */
  add(second: number, ms: number | null, opened: boolean): void;
  /** A connection has ended. */
  end(second: number, how: ConnectionEndKind): void;
  merge(other: Rows): void;
  /** Takes up a saved row. */
  put(second: number, row: Row): void;
  /** In order of time; rows in which nothing happened are left out. */
  entries(): Iterable<readonly [second: number, row: Row]>;
  clear(): void;
}

export interface RowFigures {
  readonly second: number;
  readonly requests: number;
  readonly failures: number;
  readonly connections: number;
  /** Connections that ended, by how; absent when none did. */
  readonly ends?: Readonly<Partial<Record<ConnectionEndKind, number>>>;
  readonly p50: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

const rowsMax = 3600;
/** Answers may come a timeout after they were asked for; rows older than that are packed. */
const openMax = 64;

export function createRows(max = rowsMax): Rows {
  let widthSeconds = 1;
  let rows: (Row | undefined)[] = [];
  let open: number[] = [];

  const widen = (): void => {
    widthSeconds *= 2;
    const finer = rows;
    rows = [];
    finer.forEach((row, index) => {
      const into = rows[index >> 1];
      if (row === undefined) return;
      if (into === undefined) rows[index >> 1] = row;
      else mergeRows(into, row);
      packRow(into ?? row);
    });
    open = [];
  };

  const rowAt = (second: number): Row => {
    while (Math.floor(second / widthSeconds) >= max) widen();
    const index = Math.max(0, Math.floor(second / widthSeconds));
    const found = rows[index] ?? emptyRow();
    rows[index] = found;
    if (found.open === null && !open.includes(index)) open.push(index);
    if (open.length > openMax) packOldest(index);
    return found;
  };

  const packOldest = (but: number): void => {
    const oldest = Math.min(...open.filter((index) => index !== but));
    open = open.filter((index) => index !== oldest);
    const row = rows[oldest];
    if (row !== undefined) packRow(row);
  };

  return {
    get widthSeconds() {
      return widthSeconds;
    },
    add(second, ms, opened) {
      const row = rowAt(second);
      row.requests += 1;
      if (opened) row.connections += 1;
      if (ms === null) row.failures += 1;
      else addToRow(row, ms);
    },
    end(second, how) {
      const row = rowAt(second);
      row.ends ??= new Uint32Array(connectionEnds.length);
      const at = connectionEnds.indexOf(how);
      row.ends[at] = (row.ends[at] ?? 0) + 1;
    },
    merge(other) {
      while (widthSeconds < other.widthSeconds) widen();
      for (const [second, row] of other.entries()) mergeRows(rowAt(second), row);
    },
    put: (second, row) => mergeRows(rowAt(second), row),
    *entries() {
      for (let index = 0; index < rows.length; index++) {
        const row = rows[index];
        if (row !== undefined) yield [index * widthSeconds, row];
      }
    },
    clear() {
      widthSeconds = 1;
      rows = [];
      open = [];
    },
  };
}

/** Every row from the beginning to the last, empty ones too: so the distance of two neighbours is the width of all. */
export function rowFigures(rows: Rows): readonly RowFigures[] {
  const figures: RowFigures[] = [];
  for (const [second, row] of rows.entries()) {
    while (figures.length * rows.widthSeconds < second) figures.push(nothingIn(figures.length * rows.widthSeconds));
    const { requests, failures, connections, maxMs } = row;
    const [p50, p99, max] = [rowQuantile(row, 0.5), rowQuantile(row, 0.99), maxMs].map(micro);
    const ends = row.ends === null ? {} : { ends: endsOf(row.ends) };
    figures.push({
      ...{ second, requests, failures, connections, ...ends },
      ...{ p50: p50 ?? null, p99: p99 ?? null, max: max ?? null },
    });
  }
  return figures;
}

/** By name; those that did not occur are left out. */
export const endsOf = (ends: ArrayLike<number>): Readonly<Partial<Record<ConnectionEndKind, number>>> =>
  Object.fromEntries(connectionEnds.map((how, at) => [how, ends[at] ?? 0] as const).filter(([, count]) => count > 0));

const micro = (ms: number | null | undefined): number | null => (ms == null ? null : toMicro(ms));

const nothingIn = (second: number): RowFigures => ({
  second,
  requests: 0,
  failures: 0,
  connections: 0,
  p50: null,
  p99: null,
  max: null,
});
