import type { Figure, TimeName } from "#core/config/threshold-rule.ts";

/**
 * As much of a reported load as thresholds are evaluated on; a saved report serves as a baseline by the same fields. Null is what
 * another tool did not tell: no threshold is judged by it.
 */
export interface LoadFigures {
  readonly requests: number;
  /** By cause code. */
  readonly failures: Readonly<Record<string, number>> | null;
  readonly dropped: number | null;
  readonly serviceMs: TimeFigures | null;
  readonly responseMs: TimeFigures | null;
  readonly connectMs: TimeFigures | null;
  readonly tlsMs: TimeFigures | null;
  readonly reuse: {
    readonly connections: number;
    /** That could have found an open connection. */
    readonly requests: number;
    /** Of those that did. */
    readonly ratio: number;
    readonly stale: number;
    readonly suspectedRetries: number;
  } | null;
}

/** Milliseconds. */
export type TimeFigures = Readonly<Record<Figure, number | null>>;

export const failedOf = ({ failures }: LoadFigures): number | null =>
  failures === null ? null : Object.values(failures).reduce((sum, count) => sum + count, 0);

export function timesOf(load: LoadFigures, name: TimeName): TimeFigures | null {
  return { service: load.serviceMs, response: load.responseMs, connect: load.connectMs, tls: load.tlsMs }[name];
}

/** How many exchanges those times are of, at most where it is not told. */
export const timedOf = (load: LoadFigures, name: TimeName): number =>
  name === "connect" || name === "tls"
    ? (load.reuse?.connections ?? load.requests)
    : load.requests - (failedOf(load) ?? 0);
