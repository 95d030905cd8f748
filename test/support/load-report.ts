import { curvePoints } from "#core/reporters/curve-points.ts";
import type {
  CurvePoint,
  Quantiles,
  ReportedLedger,
  ReportedLoad,
  ReportedThreshold,
  RunReport,
  SecondRow,
} from "#core/reporters/run-report.ts";
import { rateOf } from "#core/statistics/ledger-figures.ts";
import { hostile, makeReport } from "./report.ts";

/** Always the same numbers in [0, 1). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Latencies as services have them: a body around `bodyMs`, and a tail that grows with every nine. */
const latencyAt = (bodyMs: number, tailMs: number) => (share: number) =>
  bodyMs * (0.6 + 0.8 * share) + tailMs * (-Math.log10(1 - share + 1e-5) / 5) ** 4;

const quantilesOf = (at: (share: number) => number): Quantiles => ({
  mean: at(0.5) * 1.1,
  p50: at(0.5),
  p90: at(0.9),
  p95: at(0.95),
  p99: at(0.99),
  p999: at(0.999),
  max: at(1),
});

/** So many rows, of a second each unless told, with a stall a third of the way in. */
export function makeSeconds(count: number, bodyMs = 2, rowSeconds = 1): readonly SecondRow[] {
  const next = numbers(count);
  const stall = Math.floor(count / 3);
  return Array.from({ length: count }, (_, index) => {
    const stalled = index === stall;
    const p50 = bodyMs * (0.9 + next() * 0.2);
    return {
      second: index * rowSeconds,
      requests: stalled ? 3 : (195 + Math.floor(next() * 10)) * rowSeconds,
      failures: stalled ? 3 : next() > 0.97 ? 1 : 0,
      connections: index === 0 ? 10 : index === stall + 1 ? 6 : 0,
      ...(stalled ? { ends: { rst: 6 } } : {}),
      p50: stalled ? null : p50,
      p99: stalled ? null : p50 * (3 + next() * 3),
      max: stalled ? null : p50 * (8 + next() * 12),
    };
  });
}

/** Two of sixty thousand reuses were stale, both after a minute of quiet. */
export function makeLedger(): ReportedLedger {
  const row = (fromMs: number, toMs: number, gets: number, posts: number, stale: number, ended: number) => ({
    ...{ fromMs, toMs, ended },
    idempotent: rateOf(gets, 0, 0),
    other: rateOf(posts, stale, 0),
  });
  return {
    seenBy: "socket",
    all: { idempotent: rateOf(39_960, 0, 0), other: rateOf(20_000, 2, 0) },
    idle: [row(0, 10, 30_000, 15_000, 0, 0), row(10, 100, 9_950, 4_990, 0, 0), row(60_000, 300_000, 10, 10, 2, 3)],
    window: {
      timerMs: 60_000,
      rows: [row(59_990, 59_997, 4, 4, 0, 0), row(59_997, 60_003, 6, 6, 2, 1), row(60_003, 60_010, 0, 0, 0, 2)],
    },
    connections: {
      born: 25,
      ends: { fin: 3, rst: 2, open: 20 },
      ageMs: { mean: 61_000, p50: 60_010, p90: 64_000, p95: 64_000, p99: 64_000, p999: 64_000, max: 64_000 },
      servedMean: 2398.4,
      servedMost: 3100,
      served: [
        { from: 1, to: 1, connections: 5 },
        { from: 2048, to: 4095, connections: 20 },
      ],
    },
  };
}

export function makeLoad(over: Partial<ReportedLoad> = {}): ReportedLoad {
  const service = latencyAt(2, 60);
  const response = latencyAt(2.1, 900);
  const source = (quantile: (share: number) => number) => ({ count: 60_000, quantile });
  return {
    load: "steady",
    scenario: "steady-signed",
    target: "orders-lattice",
    engine: "k6",
    auth: "iam",
    rate: 200,
    achievedRate: 199.94,
    connections: null,
    durationMs: 300_000,
    requests: 59_982,
    failures: { "response-timeout": 10, "stale-reuse-reset": 2 },
    dropped: 0,
    saturated: false,
    generator: [],
    serviceMs: quantilesOf(service),
    responseMs: quantilesOf(response),
    connectMs: { mean: 0.4, p50: 0.38, p90: 0.5, p95: 0.55, p99: 0.7, p999: 0.8, max: 0.812 },
    tlsMs: { mean: 3.1, p50: 3, p90: 3.6, p95: 3.9, p99: 4.4, p999: 4.9, max: 5.02 },
    histogram: "",
    curves: { service: curvePoints(source(service)), response: curvePoints(source(response)) },
    seconds: makeSeconds(300),
    reuse: { connections: 22, perfect: 20, requests: 59_982, ratio: 0.99996, stale: 2, suspectedRetries: 0 },
    ...over,
  };
}

export const makeThreshold = (over: Partial<ReportedThreshold> = {}): ReportedThreshold => ({
  load: "steady",
  target: "orders-lattice",
  rule: "p99 < 50ms",
  observed: "25.9 ms",
  verdict: "pass",
  ...over,
});

/** Two targets, one of them too slow. */
export function makeLoadReport(over: Partial<RunReport> = {}): RunReport {
  const slow = latencyAt(6, 2000);
  return makeReport({
    command: "run",
    verdict: "fail",
    elapsedMs: 330_000,
    checks: [],
    loads: [
      makeLoad({ ledger: makeLedger() }),
      makeLoad({
        target: "orders-alb",
        auth: "none",
        requests: 60_000,
        achievedRate: 200,
        failures: {},
        serviceMs: quantilesOf(slow),
        responseMs: quantilesOf(slow),
        curves: {
          service: curvePoints({ count: 60_000, quantile: slow }),
          response: curvePoints({ count: 60_000, quantile: (share) => slow(share) * 1.2 }),
        },
        tlsMs: null,
        seconds: makeSeconds(300, 6),
        reuse: { connections: 20, perfect: 20, requests: 60_000, ratio: 1, stale: 0, suspectedRetries: 3 },
        generator: ["The event loop was late by at most 12 ms."],
      }),
    ],
    thresholds: [
      makeThreshold(),
      makeThreshold({ rule: "failures < 0.1%", observed: "0.02%" }),
      makeThreshold({ target: "orders-alb", observed: "59.5 ms", verdict: "fail" }),
      makeThreshold({
        target: "orders-alb",
        rule: "p95 < baseline * 1.1",
        observed: "no baseline",
        verdict: "inconclusive",
      }),
    ],
    ...over,
  });
}

/** The same, short enough to be read in a golden file: a dozen seconds, and one curve drawn from its quantiles alone. */
export function briefLoadReport(): RunReport {
  const report = makeLoadReport();
  const brief = report.loads.map((load) => ({ ...load, seconds: load.seconds.slice(94, 106).map(shifted) }));
  return {
    ...report,
    loads: brief.map(({ curves, ...load }, index) =>
      index === 0 || curves === undefined ? load : { ...load, curves: thinned(curves) },
    ),
  };
}

const shifted = (row: SecondRow, second: number): SecondRow => ({ ...row, second });

const thinned = ({ service, response }: NonNullable<ReportedLoad["curves"]>) => {
  const few = (points: readonly CurvePoint[]) =>
    points.filter((_, index) => index % 6 === 0 || index === points.length - 1);
  return { service: few(service), response: response && few(response) };
};

/** The generator could not keep up, and the loop is closed: no due times, no dropped requests. */
export const saturatedReport = (): RunReport =>
  makeLoadReport({
    verdict: "inconclusive",
    thresholds: [],
    loads: [
      makeLoad({
        engine: "node",
        rate: null,
        connections: 50,
        responseMs: null,
        connectMs: null,
        curves: { service: makeLoad().curves?.service ?? [], response: null },
        saturated: true,
        generator: ["This machine's CPU was 98% busy."],
      }),
    ],
  });

/** A day as the tallies keep it: 2,700 rows of 32 seconds. */
export const dayReport = (): RunReport =>
  makeLoadReport({
    loads: ["orders-direct", "orders-lattice", "orders-api", "orders-alb"].map((target, index) =>
      makeLoad({ target, durationMs: 86_400_000, requests: 17_280_000, seconds: makeSeconds(2700, 2 + index, 32) }),
    ),
  });

/** Nothing was answered at all. */
export const deadLoad = (): ReportedLoad =>
  makeLoad({
    requests: 40,
    failures: { "tcp-refused": 40 },
    serviceMs: null,
    responseMs: null,
    connectMs: null,
    tlsMs: null,
    curves: { service: [], response: null },
    seconds: [{ second: 0, requests: 40, failures: 40, connections: 0, p50: null, p99: null, max: null }],
  });

/** Hostile text wherever a config, a wire or a machine could put it. */
export const hostileLoadReport = (): RunReport =>
  makeLoadReport({
    thresholds: [makeThreshold({ rule: hostile, observed: hostile, target: hostile, verdict: "fail" })],
    loads: [
      makeLoad({
        load: hostile,
        scenario: hostile,
        target: hostile,
        failures: { [hostile]: 3 },
        generator: [hostile],
        saturated: true,
      }),
      makeLoad({ load: hostile }),
    ],
  });
