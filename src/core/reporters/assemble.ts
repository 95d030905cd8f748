import type { Target } from "#core/targets/target.ts";
import { showOrigin } from "#core/targets/url.ts";
import type { AccessRow } from "#core/verdicts/access-row.ts";
import type { CheckResult } from "#core/verdicts/check-result.ts";
import { overallVerdict } from "#core/verdicts/overall-verdict.ts";
import type { Verdict } from "#core/verdicts/verdict.ts";
import type { ReportedCause, ReportedCheck, ReportedTarget, RunReport, Vantage } from "./run-report.ts";

/** What a run of checks leaves behind, in the plain parts that a report may see. */
export interface CheckRunParts {
  readonly results: readonly CheckResult[];
  readonly targets: readonly Target[];
  readonly vantage: Vantage;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly elapsedMs: number;
  readonly interrupted: boolean;
  /** Absent or empty where nobody asked who may do what. */
  readonly access?: readonly AccessRow[];
}

export const assembleCheckReport = ({ results, interrupted, ...run }: CheckRunParts): RunReport => ({
  schema: "pathproof.report/1",
  command: "check",
  verdict: verdictOf(results, interrupted),
  startedAt: run.startedAt,
  elapsedMs: run.elapsedMs,
  interrupted,
  vantage: run.vantage,
  targets: run.targets.map(reportedTarget),
  checks: results.map(reportedCheck),
  ...(run.access === undefined || run.access.length === 0 ? {} : { access: run.access }),
  loads: [],
  thresholds: [],
  comparison: null,
});

/** What was not reached may be what fails: a run cut short can fail, but not pass. */
function verdictOf(results: readonly CheckResult[], interrupted: boolean): RunReport["verdict"] {
  const verdict = overallVerdict(results.map((result) => result.verdict));
  return interrupted && verdict === "pass" ? "inconclusive" : verdict;
}

export const reportedTarget = ({ id, kind, origin, auth }: Target): ReportedTarget => ({
  id,
  kind: kind.kind,
  origin: showOrigin(origin),
  auth,
});

const reportedCheck = ({ check, group, title, target, verdict, elapsedMs }: CheckResult): ReportedCheck => ({
  check,
  group,
  title,
  target,
  verdict: verdict.kind,
  summary: verdict.summary,
  cause: causeOf(verdict),
  measures: verdict.kind === "skipped" ? {} : verdict.measures,
  elapsedMs,
});

function causeOf(verdict: Verdict): ReportedCause | null {
  return verdict.kind === "fail" || verdict.kind === "inconclusive" ? verdict.cause : null;
}
