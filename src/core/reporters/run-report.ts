import type { Measures } from "#core/verdicts/verdict.ts";

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
  readonly auth: "iam" | "none";
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
