import type { CurvePoint, ReportedLoad } from "../../run-report.ts";
import { grouped, threeDigits } from "../../show-number.ts";

/** A distribution by name: each share with the milliseconds that it does not exceed, rising. */
export interface Curve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
}

/** The nearest point that is not below the share. */
export const msAt = ({ points }: Curve, share: number): number | null =>
  (points.find(([candidate]) => candidate >= share - 1e-9) ?? points.at(-1))?.[1] ?? null;

/** `2.10 ms`, or `none`. */
export function atShare(curve: Curve, share: number): string {
  const ms = msAt(curve, share);
  return ms === null ? "none" : `${threeDigits(ms)} ms`;
}

/** `0.5 ms`, `1,000 ms`. */
export const showMsTick = (ms: number): string => `${grouped(Number(ms.toPrecision(6)))} ms`;

/** The curve as measured, or the few points that the quantiles give. */
export function curveOf(load: ReportedLoad, measure: "service" | "response"): readonly CurvePoint[] {
  const curve = load.curves?.[measure] ?? [];
  const quantiles = measure === "service" ? load.serviceMs : load.responseMs;
  if (curve.length > 1 || quantiles === null) return curve;
  const { p50, p90, p95, p99, p999, max } = quantiles;
  const points: readonly (readonly [share: number, ms: number | null])[] = [
    [0.5, p50],
    [0.9, p90],
    [0.95, p95],
    [0.99, p99],
    [0.999, p999],
    [1, max],
  ];
  return points.flatMap(([share, value]) => (value === null ? [] : [[share, value] as const]));
}
