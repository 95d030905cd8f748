import { assembleHistory } from "#core/reporters/history/assemble-history.ts";
import { pastRunOf } from "#core/reporters/history/past-run.ts";
import type { ReportedLoad, RunReport } from "#core/reporters/run-report.ts";
import { createRandom } from "#core/statistics/random.ts";
import { makeLoad } from "./load-report.ts";
import { failedCheck, hostile, makeCheck, makeReport } from "./report.ts";

export interface Night {
  /** From 0. */
  readonly night: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed?: number;
}

/** The load of a night, at three in the morning. */
export function nightlyRun({ night, p50, p99, failed = 0 }: Night, over: Partial<ReportedLoad> = {}): RunReport {
  const serviceMs = { mean: p50, p50, p90: (p50 + p99) / 2, p95: p99, p99, p999: p99, max: p99 };
  const failures: Readonly<Record<string, number>> = failed === 0 ? {} : { "response-timeout": failed };
  const load = makeLoad({ load: "steady", target: "orders-alb", requests: 60_000, serviceMs, failures, ...over });
  return makeReport({
    command: "run",
    verdict: "pass",
    startedAt: at(night),
    checks: [],
    loads: [load],
    thresholds: [],
  });
}

/** The checks of a night. */
export const nightlyCheck = (night: number, fails: boolean): RunReport =>
  makeReport({
    command: "check",
    verdict: fails ? "fail" : "pass",
    startedAt: at(night),
    checks: [fails ? failedCheck() : makeCheck()],
  });

const at = (night: number): string => new Date(Date.UTC(2026, 9, 1 + night, 3)).toISOString();

/** Nights of p50 about 5 ms and p99 about 12 ms, and from `from` on of p99 about 16 ms. */
export function nights(count: number, from: number | null, seed = 1): readonly Night[] {
  const random = createRandom(seed);
  const near = (value: number): number => value * (0.96 + 0.08 * random.uniform());
  return Array.from({ length: count }, (_, night) => ({
    night,
    p50: near(5),
    p99: near(from !== null && night >= from ? 16 : 12),
  }));
}

export const historyOf = (reports: readonly RunReport[], sinceMs: number | null = null): RunReport =>
  assembleHistory({
    runs: reports.map((report, index) => pastRunOf(`run-${index}`, report)),
    marginShare: 0.05,
    sinceMs,
    seed: 1,
    vantage: makeReport().vantage,
    startedAt: "2026-11-25T04:00:00.000Z",
  });

/** Two months of nights, slower since a while, and checks that fail now. */
export const makeHistory = (over: Partial<ReportedLoad> = {}): RunReport =>
  historyOf([
    ...nights(60, 44).map((night) => nightlyRun(night, over)),
    ...nights(60, null).map(({ night }) => nightlyCheck(night, night > 57)),
  ]);

/** Names as an enemy would choose them. */
export const hostileHistory = (): RunReport => makeHistory({ target: hostile, load: hostile, scenario: hostile });
