import type { CurvePoint } from "./run-report.ts";

/** What a histogram tells a curve. */
export interface QuantileSource {
  readonly count: number;
  /** The milliseconds that a share `q` of the samples does not exceed; null when empty. */
  quantile(q: number): number | null;
}

const perDecade = 12;
const shareMax = 0.999999;

/**
 * A percentile curve in some sixty points, as dense in the last hundredth of a percent as in the first half: twelve points
 * for every further nine. It ends where a single sample decides, with the slowest.
 */
export function curvePoints(source: QuantileSource): readonly CurvePoint[] {
  const points: CurvePoint[] = [];
  for (const share of shares(source.count)) {
    const ms = source.quantile(share);
    if (ms !== null) points.push([share, round(ms)]);
  }
  return points;
}

function shares(count: number): readonly number[] {
  if (count === 0) return [];
  const last = Math.min(shareMax, 1 - 1 / count);
  const steps = Array.from({ length: 6 * perDecade }, (_, step) => 1 - 10 ** (-step / perDecade));
  return [...steps.filter((share) => share < last), last, 1].map((share) => Number(share.toFixed(8)));
}

/** Microseconds, as the histograms keep them. */
const round = (ms: number): number => Math.round(ms * 1000) / 1000;
