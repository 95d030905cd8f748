import type { ForeignTimes } from "../foreign-run.ts";

/** A percentile distribution as HdrHistogram prints it: some hundred points of it, in milliseconds by custom. */
export interface PercentileTable {
  readonly count: number;
  readonly times: ForeignTimes;
  /** In what bounds the quantiles lie of which there was no point, in a sentence; null when there was one for each. */
  readonly note: string | null;
}

const heading = /^\s*"?Value(?:\(ms\))?"?[\s,]+"?Percentile"?[\s,]+"?TotalCount"?[\s,]+"?1\/\(1-Percentile\)"?\s*$/;
const row = /^\s*([\d.]+)[\s,]+([\d.]+)[\s,]+(\d+)[\s,]+(?:[\d.]+|inf|Infinity)\s*$/;
const lastRow = /^\s*([\d.]+)[\s,]+(1\.0+)[\s,]+(\d+)\s*(?:[\s,]+(?:inf|Infinity))?\s*$/;

export const hasPercentileTable = (text: string): boolean => text.split("\n").some((line) => heading.test(line));

interface Point {
  readonly share: number;
  readonly ms: number;
  readonly count: number;
}

/** What is wrong with it, in a clause, where it cannot be read. */
export function readPercentileTable(text: string): PercentileTable | string {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => heading.test(line));
  const points: Point[] = [];
  let whole = false;
  for (const line of lines.slice(from + 1)) {
    if (line.trim() === "") continue;
    const [, value, share, count] = row.exec(line) ?? lastRow.exec(line) ?? [];
    if (value === undefined) break;
    points.push({ share: Number(share), ms: Number(value), count: Number(count) });
    whole = Number(share) === 1;
  }
  const last = points.at(-1);
  if (last === undefined || last.count === 0) return "its table of percentiles is empty";
  if (!whole) return "its table of percentiles is cut off: it does not reach 100 %";
  const [, mean] = /^#\[Mean\s*=\s*([\d.]+)/m.exec(text) ?? [];
  const [, max] = /^#\[Max\s*=\s*([\d.]+)/m.exec(text) ?? [];
  const known = quantileNames.map(([name, q]) => ({ name, ...at(points, q, last.count) }));
  const of = (name: string): number | null => known.find((one) => one.name === name)?.high ?? null;
  return {
    count: last.count,
    times: {
      mean: mean === undefined ? null : Number(mean),
      ...{ p50: of("p50"), p90: of("p90"), p95: of("p95"), p99: of("p99"), p999: of("p99.9") },
      max: max === undefined ? last.ms : Number(max),
    },
    note: boundsNote(known),
  };
}

const quantileNames = [
  ["p50", 0.5],
  ["p90", 0.9],
  ["p95", 0.95],
  ["p99", 0.99],
  ["p99.9", 0.999],
] as const;

interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Where there is no point for the share: its sample took longer than the last that does not reach it, and no longer than the first that does. */
function at(points: readonly Point[], q: number, total: number): Bounds {
  const own = points.find(({ share }) => Math.abs(share - q) < 1e-9);
  if (own !== undefined) return { low: own.ms, high: own.ms };
  const rank = q * total;
  const index = Math.max(
    0,
    points.findIndex(({ count }) => count >= Math.max(1, Math.ceil(rank - 1e-6))),
  );
  const high = points[index];
  const low = points[index - 1];
  if (high === undefined) return { low: 0, high: 0 };
  // A point's own rank, or one step from it: then there is nothing in between.
  const exact = low === undefined || high.count - low.count <= 1 || high.count === Math.ceil(rank - 1e-6);
  return { low: exact ? high.ms : low.ms, high: high.ms };
}

function boundsNote(known: readonly (Bounds & { readonly name: string })[]): string | null {
  const wide = known.filter(({ low, high }) => high - low > 0.005 * high);
  if (wide.length === 0) return null;
  const bounds = wide.map(({ name, low, high }) => `${name} between ${low} and ${high} ms`).join(", ");
  return `The table has no point just there, so of these only bounds are known, of which the upper is shown: ${bounds}.`;
}
