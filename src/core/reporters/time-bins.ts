import type { SecondRow } from "./run-report.ts";

/** What several seconds came to, for an eye that could not see each of them. */
export interface TimeBin {
  /** Whole seconds since the measured phase began; `to` is the first that is no longer in it. */
  readonly from: number;
  readonly to: number;
  readonly requests: number;
  readonly failures: number;
  readonly connections: number;
  /** The quietest and the busiest second. */
  readonly rate: Span;
  /** The worst second. */
  readonly failuresMost: number;
  readonly connectionsMost: number;
  /** The best and the worst second: quantiles of seconds cannot be averaged into one of the bin. Null: nothing was answered. */
  readonly p50: Span | null;
  readonly p99: Span | null;
  readonly max: number | null;
}

export interface Span {
  readonly low: number;
  readonly high: number;
}

/**
 * At most `most` bins of equally many seconds. A second without a row is one in which nothing happened.
 *
 * @param rows in any order, no second twice
 */
export function timeBins(rows: readonly SecondRow[], most: number): readonly TimeBin[] {
  const seconds = rows.reduce((end, { second }) => Math.max(end, second + 1), 0);
  const width = Math.max(1, Math.ceil(seconds / most));
  const bins: SecondRow[][] = Array.from({ length: Math.ceil(seconds / width) }, () => []);
  for (const row of rows) bins[Math.floor(row.second / width)]?.push(row);
  return bins.map((inside, index) => {
    const from = index * width;
    const to = Math.min(seconds, from + width);
    return bin(inside, from, to);
  });
}

function bin(rows: readonly SecondRow[], from: number, to: number): TimeBin {
  const rates = rows.map(({ requests }) => requests);
  const rate = spanOf(rows.length < to - from ? [0, ...rates] : rates);
  return {
    from,
    to,
    requests: sum(rates),
    failures: sum(rows.map(({ failures }) => failures)),
    connections: sum(rows.map(({ connections }) => connections)),
    rate: rate ?? { low: 0, high: 0 },
    failuresMost: Math.max(0, ...rows.map(({ failures }) => failures)),
    connectionsMost: Math.max(0, ...rows.map(({ connections }) => connections)),
    p50: spanOf(rows.map(({ p50 }) => p50)),
    p99: spanOf(rows.map(({ p99 }) => p99)),
    max: spanOf(rows.map(({ max }) => max))?.high ?? null,
  };
}

function spanOf(values: readonly (number | null)[]): Span | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : { low: Math.min(...known), high: Math.max(...known) };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
