import type { CurvePoint } from "./run-report.ts";

/** What a histogram tells a curve. */
export interface QuantileSource {
  readonly count: number;
  /** The milliseconds that a share `q` of the samples does not exceed; null when empty. */
  quantile(q: number): number | null;
}

const perDecade = 12;
const shareMax = 0.999999;
/** Of the body, evenly: what a distribution is drawn from. */
const bodySteps = 40;

/**
 * A curve of some ninety points, dense where either picture of it looks: every fortieth of the body for the distribution, and
 * twelve points for each further nine of the tail. It ends where a single sample decides, with the slowest.
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
  const body = Array.from({ length: bodySteps }, (_, step) => step / bodySteps);
  const tail = Array.from({ length: 5 * perDecade }, (_, step) => 1 - 10 ** (-1 - step / perDecade));
  const below = [...body, ...tail].filter((share) => share < last).sort((a, b) => a - b);
  return [...new Set([...below, last, 1].map((share) => Number(share.toFixed(8))))];
}

/** Microseconds, as the histograms keep them. */
const round = (ms: number): number => Math.round(ms * 1000) / 1000;
