import type { ReportedLoad, SecondRow } from "./run-report.ts";

/** What several rows of a load's seconds came to, for an eye that could not see each of them. */
export interface TimeBin {
  /** Seconds since the measured phase began; `to` is the first that is no longer in it. */
  readonly from: number;
  readonly to: number;
  readonly requests: number;
  readonly failures: number;
  /** Opened. */
  readonly connections: number;
  /** Otherwise than by the client's own plan. */
  readonly ended: number;
  /** Requests per second of its quietest and its busiest row. Null: too little of it was measured to tell. */
  readonly rate: Span | null;
  /** Of its best and its worst row: quantiles of rows cannot be averaged into one of the bin. Null: nothing was answered. */
  readonly p50: Span | null;
  readonly p99: Span | null;
  readonly max: number | null;
}

export interface Span {
  readonly low: number;
  readonly high: number;
}

export interface TimeBins {
  /** Of a row: 1 in a run of up to an hour, more in a longer one. */
  readonly rowSeconds: number;
  readonly bins: readonly TimeBin[];
}

/**
 * At most `most` bins of equally many rows. Rows are evenly spaced; the last may reach beyond the end of the load, and counts
 * towards the rate only for what of it was measured.
 */
export function timeBins(
  { seconds, durationMs }: Pick<ReportedLoad, "seconds" | "durationMs">,
  most: number,
): TimeBins {
  const rowSeconds = Math.max(1, (seconds[1]?.second ?? 1) - (seconds[0]?.second ?? 0));
  const rowsEach = Math.max(1, Math.ceil(seconds.length / most));
  // Rows come from loads of known length; where it is not told, every row counts as whole.
  const measured = durationMs === null ? Number.POSITIVE_INFINITY : durationMs / 1000;
  const bins = Array.from({ length: Math.ceil(seconds.length / rowsEach) }, (_, index) =>
    binOf(seconds.slice(index * rowsEach, (index + 1) * rowsEach), rowSeconds, measured),
  );
  return { rowSeconds, bins };
}

function binOf(rows: readonly SecondRow[], rowSeconds: number, measured: number): TimeBin {
  const from = rows[0]?.second ?? 0;
  return {
    from,
    to: (rows.at(-1)?.second ?? from) + rowSeconds,
    requests: sum(rows.map(({ requests }) => requests)),
    failures: sum(rows.map(({ failures }) => failures)),
    connections: sum(rows.map(({ connections }) => connections)),
    ended: sum(rows.map(endedIn)),
    rate: spanOf(rows.map((row) => rateOf(row, rowSeconds, measured))),
    p50: spanOf(rows.map(({ p50 }) => p50)),
    p99: spanOf(rows.map(({ p99 }) => p99)),
    max: spanOf(rows.map(({ max }) => max))?.high ?? null,
  };
}

/** What the client retired was meant to end. */
const endedIn = ({ ends = {} }: SecondRow): number =>
  sum(Object.entries(ends).flatMap(([how, count]) => (how === "retired" ? [] : [count])));

/** Of a row less than half measured, a rate would be chance. */
function rateOf({ second, requests }: SecondRow, rowSeconds: number, measured: number): number | null {
  const covered = Math.min(rowSeconds, measured - second);
  return covered < rowSeconds / 2 ? null : requests / covered;
}

/** Lowest and highest of what is known; null when nothing is. */
export function spanOf(values: readonly (number | null)[]): Span | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : { low: Math.min(...known), high: Math.max(...known) };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
