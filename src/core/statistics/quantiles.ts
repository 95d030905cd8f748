import type { Histogram } from "./histogram.ts";

/** Milliseconds to a thousandth: what a report says of a histogram. */
export interface QuantileFigures {
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** Null when nothing was recorded: no figure is made up. */
export function quantilesOf(histogram: Histogram): QuantileFigures | null {
  if (histogram.count === 0) return null;
  const at = (q: number): number => toMicro(histogram.quantile(q) ?? 0);
  return {
    mean: toMicro(histogram.mean() ?? 0),
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    p999: at(0.999),
    max: toMicro(histogram.max() ?? 0),
  };
}

/** More digits than the histograms keep would be noise. */
export const toMicro = (ms: number): number => Math.round(ms * 1000) / 1000;
