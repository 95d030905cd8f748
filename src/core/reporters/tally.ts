import type { OverallVerdict, ReportedCheck, RunReport } from "./run-report.ts";

/** How many came out each way. */
export type VerdictCounts = Readonly<Record<OverallVerdict, number>>;

export function countVerdicts(judged: readonly { readonly verdict: OverallVerdict }[]): VerdictCounts {
  const counts = { pass: 0, fail: 0, inconclusive: 0, skipped: 0 };
  for (const { verdict } of judged) counts[verdict] += 1;
  return counts;
}

export const checksOf = (report: RunReport, target: string): readonly ReportedCheck[] =>
  report.checks.filter((check) => check.target === target);

/** What a reader must see first: failures, then what could not conclude, each in the order of the report. */
export const troubles = (checks: readonly ReportedCheck[]): readonly ReportedCheck[] => [
  ...checks.filter(({ verdict }) => verdict === "fail"),
  ...checks.filter(({ verdict }) => verdict === "inconclusive"),
];

/** Whether nobody needs to look at it. */
export const isWell = (verdict: OverallVerdict): boolean => verdict === "pass" || verdict === "skipped";

/** Of a target, in the order bad news travels. */
export function worst(checks: readonly ReportedCheck[]): OverallVerdict {
  const counts = countVerdicts(checks);
  if (counts.fail > 0) return "fail";
  if (counts.inconclusive > 0) return "inconclusive";
  return counts.pass > 0 ? "pass" : "skipped";
}

/** Whether checks are what it is about: a run that came to nothing says so in their words. */
export const isOfChecks = ({ checks, loads, comparison, history }: RunReport): boolean =>
  checks.length > 0 || (loads.length === 0 && comparison === null && history === undefined);
