import type { OverallVerdict, ReportedLoad, ReportedThreshold, RunReport } from "./run-report.ts";

/** Null: another tool did not tell. */
export const failedRequests = ({ failures }: ReportedLoad): number | null =>
  failures === null ? null : Object.values(failures).reduce((sum, count) => sum + count, 0);

/** Most frequent first; the same number by name. */
export const failuresByCount = ({ failures }: ReportedLoad): readonly (readonly [code: string, count: number])[] =>
  Object.entries(failures ?? {})
    .filter(([, count]) => count > 0)
    .sort(([codeA, a], [codeB, b]) => b - a || (codeA < codeB ? -1 : 1));

export const thresholdsOf = (report: RunReport, load: ReportedLoad): readonly ReportedThreshold[] =>
  report.thresholds.filter((threshold) => threshold.load === load.load && threshold.target === load.target);

const badNewsFirst: readonly OverallVerdict[] = ["fail", "inconclusive", "pass", "skipped"];

/** Failures first, each kind in the order of the report. */
export const worstFirst = <Row extends { readonly verdict: OverallVerdict }>(rows: readonly Row[]): readonly Row[] =>
  badNewsFirst.flatMap((verdict) => rows.filter((row) => row.verdict === verdict));

/** What is known of one target under one load: a saturated generator leaves nothing better than inconclusive. */
export function loadVerdict(report: RunReport, load: ReportedLoad): OverallVerdict {
  const worst = worstFirst(thresholdsOf(report, load))[0]?.verdict ?? "skipped";
  return load.saturated === true && worst !== "fail" ? "inconclusive" : worst;
}

/** Loads by name, in the order of the report. */
export function loadNames({ loads }: RunReport): readonly string[] {
  return [...new Set(loads.map(({ load }) => load))];
}

/** What is said of the generator at every target of a load is said once, of the load. */
export function sharedNotes(loads: readonly ReportedLoad[]): readonly string[] {
  const [first, ...others] = loads;
  if (first === undefined || others.length === 0) return [];
  return first.generator.filter((line) => others.every(({ generator }) => generator.includes(line)));
}
