import type { Shape } from "./shape.ts";

/**
 * When each iteration of an open loop is due, as k6's arrival-rate executors reckon it.
 *
 * @see https://github.com/grafana/k6/blob/v2.2.0/lib/executor/ramping_arrival_rate.go
 */
export interface Schedule {
  /** Milliseconds since the scenario's start. */
  dueAtMs(number: number): number;
  /** The number of the last iteration that was due by then; -1 before the first. */
  dueBy(elapsedMs: number): number;
}

/** Of a stretch of time with the rate going in a line. */
export interface Stretch {
  readonly durationMs: number;
  readonly fromPerMs: number;
  readonly toPerMs: number;
}

/** A constant rate: the first at once. */
export const constantSchedule = (perMs: number): Schedule => ({
  dueAtMs: (number) => number / perMs,
  // A due time computed both ways may differ in its last bit.
  dueBy: (elapsedMs) => Math.floor(elapsedMs * perMs + 1e-9),
});

/** Changing rates: each when the area under the rate has grown by one more, the first not at once. */
export const rampingSchedule = (stretches: readonly Stretch[]): Schedule => ({
  dueAtMs: (number) => timeOfArea(stretches, number + 1),
  dueBy: (elapsedMs) => Math.floor(areaBy(stretches, elapsedMs) + 1e-9) - 1,
});

/** When the area under the rate has grown to so much; the end of all stretches where it never does. */
export function timeOfArea(stretches: readonly Stretch[], area: number): number {
  let left = area;
  let startMs = 0;
  for (const stretch of stretches) {
    const holds = areaOf(stretch, stretch.durationMs);
    if (left <= holds) return startMs + timeOf(stretch, left);
    left -= holds;
    startMs += stretch.durationMs;
  }
  return startMs;
}

/** How many iterations the rate makes until then, with fractions. */
export function areaBy(stretches: readonly Stretch[], elapsedMs: number): number {
  let area = 0;
  let startMs = 0;
  for (const stretch of stretches) {
    area += areaOf(stretch, Math.min(Math.max(elapsedMs - startMs, 0), stretch.durationMs));
    startMs += stretch.durationMs;
  }
  return area;
}

const areaOf = ({ durationMs, fromPerMs, toPerMs }: Stretch, ms: number): number =>
  durationMs === 0 ? 0 : ms * (fromPerMs + ((toPerMs - fromPerMs) * ms) / (2 * durationMs));

function timeOf({ durationMs, fromPerMs, toPerMs }: Stretch, area: number): number {
  if (fromPerMs === toPerMs) return area / toPerMs;
  const slope = (toPerMs - fromPerMs) / durationMs;
  return (Math.sqrt(Math.max(0, fromPerMs * fromPerMs + 2 * slope * area)) - fromPerMs) / slope;
}

/** The stretches of a load: its warm-up at the shape's first level, then the shape; in k6's grain of 1 ms and 0.001/s. */
export const stretchesOf = (
  shape: Shape,
  {
    perSecond,
    warmupMs,
    durationMs,
  }: { readonly perSecond: number; readonly warmupMs: number; readonly durationMs: number },
): readonly Stretch[] =>
  [{ share: warmupMs / durationMs, from: shape[0].from, to: shape[0].from }, ...shape].map(({ share, from, to }) => ({
    durationMs: Math.round(share * durationMs),
    fromPerMs: inGrain(from * perSecond) / 1e6,
    toPerMs: inGrain(to * perSecond) / 1e6,
  }));

/** Per 1,000 s: k6 takes whole numbers only. */
export const inGrain = (perSecond: number): number => Math.max(1, Math.round(perSecond * 1000));
