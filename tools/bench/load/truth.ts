// What an engine should have said, by what the server logged.
import type { Logged } from "./scheduled-server.ts";

export const quantiles = [0.5, 0.9, 0.99, 0.999] as const;

export interface Truth {
  readonly service: readonly number[];
  readonly response: readonly number[];
}

/**
 * In milliseconds, at `quantiles`. The schedule's begin is not known to the server; it is the latest moment for which no request
 * came before it was due.
 */
export function truthOf(log: readonly Logged[], perSecond: number, warmupMs: number): Truth {
  const dueMs = (n: number): number => (n / perSecond) * 1000;
  const beganMs = log.reduce((least, { n, inMs }) => Math.min(least, inMs - dueMs(n)), Number.POSITIVE_INFINITY);
  const measured = log.filter(({ n }) => dueMs(n) >= warmupMs);
  return {
    service: at(measured.map(({ inMs, outMs }) => outMs - inMs)),
    response: at(measured.map(({ n, outMs }) => outMs - beganMs - dueMs(n))),
  };
}

function at(values: readonly number[]): readonly number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return quantiles.map((q) => sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? Number.NaN);
}
