import type { AccessRow } from "#core/verdicts/access-row.ts";
import { accessSentence, expectedWords } from "./access-words.ts";
import { comparisonSuite } from "./junit-comparison.ts";
import { historySuite } from "./junit-history.ts";
import { failureWords } from "./load-words.ts";
import type { OverallVerdict, ReportedCheck, ReportedLoad, ReportedThreshold, RunReport } from "./run-report.ts";
import { thresholdSentence } from "./threshold-words.ts";

export interface JunitCase {
  readonly name: string;
  readonly className: string;
  readonly verdict: OverallVerdict;
  /** A machine's word for what went wrong. */
  readonly type: string;
  readonly message: string;
  readonly details: readonly string[];
  readonly elapsedMs: number;
}

export interface JunitSuite {
  readonly name: string;
  readonly kind: string;
  readonly cases: readonly JunitCase[];
}

/** One a target, and one for each name that is no target of the report but was judged. */
export function junitSuites(report: RunReport): readonly JunitSuite[] {
  if (report.comparison !== null) return [comparisonSuite(report.comparison)];
  if (report.history !== undefined) return [historySuite(report.history)];
  const known = new Set(report.targets.map(({ id }) => id));
  const others = [...report.loads, ...report.thresholds].map(({ target }) => target).filter((id) => !known.has(id));
  return [
    ...report.targets.map(({ id, kind }) => ({ name: id, kind, cases: casesOf(report, id) })),
    ...[...new Set(others)].map((id) => ({ name: id, kind: "unknown", cases: casesOf(report, id) })),
  ];
}

const casesOf = (report: RunReport, id: string): readonly JunitCase[] => [
  ...report.checks.filter(({ target }) => target === id).map(checkCase),
  ...(report.access ?? []).filter(({ target }) => target === id).map(accessCase),
  ...report.loads.filter(({ target }) => target === id).map(generatorCase),
  ...report.thresholds
    .filter(({ target }) => target === id)
    .map((threshold) =>
      thresholdCase(
        threshold,
        report.loads.find(({ load, target }) => load === threshold.load && target === id),
      ),
    ),
];

function checkCase({ check, target, group, verdict, summary, cause, elapsedMs }: ReportedCheck): JunitCase {
  return {
    name: check,
    className: `${target}.${group}`,
    verdict,
    type: cause?.code ?? "inconclusive",
    message: summary,
    details:
      cause === null ? [] : [`${cause.title} (${cause.confidence})`, ...cause.evidence, cause.remedy, cause.source],
    elapsedMs,
  };
}

const accessCase = (row: AccessRow): JunitCase => ({
  name: `${row.principal}: ${row.action}`,
  className: `${row.target}.access`,
  verdict: row.verdict,
  type: "access",
  message: accessSentence(row),
  details: [expectedWords(row)],
  elapsedMs: 0,
});

/** A load without thresholds has something to say too: whether its numbers are the target's at all. */
const generatorCase = ({ load, target, saturated, generator, durationMs }: ReportedLoad): JunitCase => ({
  name: "the generator kept up",
  className: `${target}.${load}`,
  verdict: saturated === null ? "skipped" : saturated ? "inconclusive" : "pass",
  type: "generator-saturated",
  message: saturated === null ? "another tool's load: it does not tell" : "the generator itself was the bottleneck",
  details: generator,
  elapsedMs: durationMs ?? 0,
});

const thresholdCase = (threshold: ReportedThreshold, load: ReportedLoad | undefined): JunitCase => ({
  name: threshold.rule,
  className: `${threshold.target}.${threshold.load}`,
  verdict: threshold.verdict,
  type: "threshold",
  message: thresholdSentence(threshold),
  details: load === undefined || failureWords(load) === "" ? [] : [`failed requests: ${failureWords(load)}`],
  elapsedMs: 0,
});
