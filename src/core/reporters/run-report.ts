import type { LedgerFigures } from "#core/statistics/ledger-figures.ts";
import type { AccessRow } from "#core/verdicts/access-row.ts";
import type { Measures } from "#core/verdicts/verdict.ts";
import type { ReportedAcross } from "./across/reported-across.ts";
import type { ReportedHistory } from "./history/reported-history.ts";
import type { ReportedComparison } from "./reported-comparison.ts";
import type { ReportedKeepalive } from "./reported-keepalive.ts";

/** What `report.json` holds: the product of a run, from which every other document is rendered. */
export interface RunReport {
  readonly schema: "pathproof.report/1";
  readonly command: string;
  readonly verdict: OverallVerdict;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly elapsedMs: number;
  /** True when the run was stopped before its end: what is here is what was measured. */
  readonly interrupted: boolean;
  readonly vantage: Vantage;
  readonly targets: readonly ReportedTarget[];
  readonly checks: readonly ReportedCheck[];
  /** Who may do what, a cell each of targets × principals × actions; absent where nobody asked. */
  readonly access?: readonly AccessRow[];
  /** One a target and load; empty for commands that make no load. */
  readonly loads: readonly ReportedLoad[];
  readonly thresholds: readonly ReportedThreshold[];
  /** Null for every command but `compare`; absent in reports written before there was one. */
  readonly comparison: ReportedComparison | null;
  /** One a target; absent but for `keepalive`. */
  readonly keepalive?: readonly ReportedKeepalive[];
  /** Absent but for `report` of several saved runs. */
  readonly across?: ReportedAcross;
  /** Absent but for `history`. */
  readonly history?: ReportedHistory;
}

export type OverallVerdict = "pass" | "fail" | "inconclusive" | "skipped";

/** Where the run was made from; null where it could not be told without asking anyone. */
export interface Vantage {
  readonly hostname: string;
  readonly node: string;
  readonly os: string;
  readonly pathproof: string;
  readonly region: string | null;
  readonly az: string | null;
  readonly instanceId: string | null;
  readonly vpcId: string | null;
}

export interface ReportedTarget {
  readonly id: string;
  readonly kind: string;
  readonly origin: string;
  readonly auth: "iam" | "none" | null;
}

export interface ReportedCheck {
  readonly check: string;
  readonly group: string;
  readonly title: string;
  readonly target: string;
  readonly verdict: OverallVerdict;
  readonly summary: string;
  /** Null unless it failed or could not conclude. */
  readonly cause: ReportedCause | null;
  readonly measures: Measures;
  readonly elapsedMs: number;
}

export interface ReportedCause {
  readonly code: string;
  readonly title: string;
  readonly confidence: "certain" | "likely" | "possible";
  readonly evidence: readonly string[];
  readonly remedy: string;
  readonly alternatives: readonly string[];
  readonly source: string;
}

/** What one target did under one load. Failed requests are counted and never in a latency. Null: another tool did not tell. */
export interface ReportedLoad {
  readonly load: string;
  readonly scenario: string;
  readonly target: string;
  /** `foreign`: another tool's, read from its file, as `foreign` says. */
  readonly engine: "k6" | "node" | "foreign";
  /** Absent for a load that pathproof made. */
  readonly foreign?: ForeignSource;
  readonly auth: "iam" | "none" | null;
  /** Who signed what was signed, by the config's name; absent: its own credentials. */
  readonly principal?: string;
  /** Requests per second asked for; null in a closed loop. */
  readonly rate: number | null;
  /** Requests per second achieved, measured phase only. */
  readonly achievedRate: number | null;
  readonly connections: number | null;
  readonly durationMs: number | null;
  /** Of the measured phase. */
  readonly requests: number;
  /** By cause code; absent codes did not occur. */
  readonly failures: Readonly<Record<string, number>> | null;
  /** Of those that did not fail: refused as they should be, by who refused (`unnamed`: it did not say). Absent: none was. */
  readonly refusals?: Readonly<Record<string, number>>;
  /** Requests that were due and never sent, because the generator could not. */
  readonly dropped: number | null;
  /** Whether the generator itself was the bottleneck; then nothing here is better than inconclusive. */
  readonly saturated: boolean | null;
  /** Why it is called saturated, or what came near it; of another tool's, what its numbers mean. In sentences. */
  readonly generator: readonly string[];
  readonly serviceMs: Quantiles | null;
  /** Null where the workload has no due times. */
  readonly responseMs: Quantiles | null;
  /** Of the requests that opened a connection; null when none did. */
  readonly connectMs: Quantiles | null;
  readonly tlsMs: Quantiles | null;
  /** Of `serviceMs`: HdrHistogram V2, deflated, in base64, microseconds. */
  readonly histogram: string | null;
  /** For the percentile curves: `curvePoints()` of the merged histograms. Absent where only the quantiles are known. */
  readonly curves?: {
    readonly service: readonly CurvePoint[];
    /** Null where the workload has no due times. */
    readonly response: readonly CurvePoint[] | null;
  };
  /** Evenly spaced from 0, none left out: a second each for an hour; a longer load has rows of 2, 4, 8 … seconds. */
  readonly seconds: readonly SecondRow[];
  readonly reuse: {
    readonly connections: number;
    /** Connections a perfect keep-alive would have needed. */
    readonly perfect: number;
    readonly requests: number;
    /** Requests that found an open connection, of those that could have. */
    readonly ratio: number;
    /** Written on a reused connection that then died without a byte of response. */
    readonly stale: number;
    readonly suspectedRetries: number;
  } | null;
  /** The lives of the connections, and what their reuse cost by idle time. Absent in what was measured before it was kept. */
  readonly ledger?: ReportedLedger;
}

export interface ReportedLedger extends LedgerFigures {
  /**
   * How connections are known: `socket` by their own clocks; `virtual-user` by what k6 tells of each virtual user's requests,
   * whose transport sends some of them again without a word: those are `suspectedRetries`.
   */
  readonly seenBy: "socket" | "virtual-user";
}

/** Where another tool's numbers come from. */
export interface ForeignSource {
  /** `k6`, `wrk2`, `vegeta` …, as far as the file tells. */
  readonly tool: string;
  /** What kind of file it is, in words. */
  readonly format: string;
  /** As it was named, without its folder. */
  readonly file: string;
}

/** Milliseconds, from the merged histogram; never an average of quantiles. Null: another tool did not write it down. */
export interface Quantiles {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number | null;
}

/** The share of the answered requests that took no longer than so many milliseconds. */
export type CurvePoint = readonly [share: number, ms: number];

export interface SecondRow {
  /** Whole seconds since the measured phase began. */
  readonly second: number;
  readonly requests: number;
  readonly failures: number;
  /** Opened in this row's time. */
  readonly connections: number;
  /** Connections that ended in it, by how (`fin`, `rst` …); absent when none did. */
  readonly ends?: Readonly<Record<string, number>>;
  /** Service time, of the requests answered in this row's time; null when there were none. */
  readonly p50: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

export interface ReportedThreshold {
  readonly load: string;
  readonly target: string;
  /** As written in the config. */
  readonly rule: string;
  /** With its unit, or why there is none. */
  readonly observed: string;
  readonly verdict: OverallVerdict;
}
