import type { LoadFigures, TimeFigures } from "#core/verdicts/load-figures.ts";

export const makeTimes = (over: Partial<TimeFigures> = {}): TimeFigures => ({
  mean: 12,
  p50: 10,
  p90: 20,
  p95: 30,
  p99: 100,
  p999: 200,
  max: 300,
  ...over,
});

export const makeReuse = (): NonNullable<LoadFigures["reuse"]> => ({
  connections: 20,
  requests: 10_000,
  ratio: 0.9995,
  stale: 0,
  suspectedRetries: 0,
});

/** A healthy target under load, to be varied. */
export const makeFigures = (over: Partial<LoadFigures> = {}): LoadFigures => ({
  requests: 10_000,
  failures: {},
  dropped: 0,
  serviceMs: makeTimes(),
  responseMs: makeTimes({ p99: 400 }),
  connectMs: makeTimes({ p95: 2 }),
  tlsMs: null,
  reuse: makeReuse(),
  ...over,
});
