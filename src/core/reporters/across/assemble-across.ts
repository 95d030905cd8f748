import { compareRuns, type RunsAnswer, runsConfidence } from "#core/statistics/compare-runs.ts";
import type { Counted } from "#core/statistics/histogram.ts";
import { cumulate, quantileOf } from "#core/statistics/quantile-of.ts";
import { toMicro } from "#core/statistics/quantiles.ts";
import type { RunReport } from "../run-report.ts";
import { acrossWarnings, differingFacts } from "./across-warnings.ts";
import type { ComparableRun, RunSideParts, RunSubject } from "./comparable-run.ts";
import { type Matched, matchSubjects } from "./match-subjects.ts";
import type { ReportedAcross, ReportedAcrossPair } from "./reported-across.ts";

export interface AcrossParts {
  /** The first is what the others are compared with; each has a run at least. */
  readonly sides: readonly [RunSideParts, ...RunSideParts[]];
  readonly marginMs: number | null;
  /** ISO 8601: of this report, for runs that do not say when they began. */
  readonly madeAt: string;
}

const quantiles = [0.5, 0.9, 0.99] as const;

/** Saved runs beside each other as a report: their loads as they were, and how they differ. */
export function assembleAcross({ sides, marginMs, madeAt }: AcrossParts): RunReport {
  const [base, ...others] = sides;
  const runs = sides.flatMap((side) => side.runs);
  const matches = others.map((side) => ({ side, ...matchSubjects(base.runs, side.runs) }));
  const questions = matches.flatMap(({ side, matched }) =>
    matched.flatMap((match) => quantiles.map((quantile) => ({ side, match, quantile }))),
  );
  const answered = questions.filter(({ match }) => isSampled(match));
  const answers = compareRuns(
    answered.map(({ match, quantile }) => ({
      a: samplesOf(match.other, match),
      b: samplesOf(match.base, match),
      quantile,
    })),
    marginMs,
  );
  const pairs = questions.map((question) => {
    const { side, match, quantile } = question;
    const answer = answers[answered.indexOf(question)];
    const names = { target: match.name, a: side.name, b: base.name };
    return pairOf(names, match, quantile, answer);
  });
  const across: ReportedAcross = {
    confidence: runsConfidence,
    marginMs,
    sides: sides.map(({ name, runs: own }) => ({
      name,
      runs: own.map((run) => ({
        name: run.name,
        startedAt: run.startedAtMs === null ? null : new Date(run.startedAtMs).toISOString(),
      })),
    })),
    warnings: acrossWarnings(
      sides,
      pairs,
      matches.flatMap(({ unmatched }) => unmatched),
    ),
    differing: differingFacts(sides),
    pairs,
  };
  return reportOf(across, runs, madeAt);
}

function reportOf(across: ReportedAcross, runs: readonly ComparableRun[], madeAt: string): RunReport {
  const starts = runs.flatMap(({ startedAtMs }) => (startedAtMs === null ? [] : [startedAtMs]));
  const [first] = runs;
  return {
    schema: "pathproof.report/1",
    command: "report",
    verdict:
      across.pairs.length > 0 && across.pairs.every(({ verdict }) => verdict !== "inconclusive")
        ? "pass"
        : "inconclusive",
    startedAt: starts.length === 0 ? madeAt : new Date(Math.min(...starts)).toISOString(),
    elapsedMs: 0,
    interrupted: false,
    vantage: first?.report.vantage ?? nowhere,
    targets: uniqueById(runs.flatMap(({ report }) => report.targets)),
    checks: [],
    loads: runs.flatMap(({ name, subjects }) =>
      subjects.map(({ load }) => ({ ...load, load: loadName(name, load.load) })),
    ),
    thresholds: [],
    comparison: null,
    across,
  };
}

const nowhere: RunReport["vantage"] = {
  ...{ hostname: "not told", node: "not told", os: "not told", pathproof: "not told" },
  ...{ region: null, az: null, instanceId: null, vpcId: null },
};

const loadName = (run: string, load: string): string => (run.startsWith(load) ? run : `${run}: ${load}`);

const uniqueById = (targets: RunReport["targets"]): RunReport["targets"] => [
  ...new Map(targets.map((target) => [target.id, target])).values(),
];

const partsOf = ({ measure }: Matched, subject: RunSubject): readonly Counted[] =>
  measure === "service" ? subject.service : subject.response;

const isSampled = (match: Matched): boolean =>
  [...match.base, ...match.other].every(({ subject }) => partsOf(match, subject).length > 0);

const samplesOf = (runs: Matched["base"], match: Matched) =>
  runs.map(({ run, subject }) => ({ startedAtMs: run.startedAtMs, blocks: partsOf(match, subject) }));

function pairOf(
  names: { readonly target: string; readonly a: string; readonly b: string },
  match: Matched,
  quantile: number,
  answer: RunsAnswer | undefined,
): ReportedAcrossPair {
  const [aMs, bMs] = [sideMs(match.other, match, quantile), sideMs(match.base, match, quantile)];
  const samples = { a: answersIn(match.other), b: answersIn(match.base) };
  const known = { ...names, measure: match.measure, quantile, aMs, bMs, samples };
  const plainMs = aMs === null || bMs === null ? null : toMicro(aMs - bMs);
  const none = { lowMs: null, highMs: null, spread: "none", runsDiffer: null, verdict: "inconclusive" } as const;
  if (answer === undefined)
    return {
      ...known,
      ...none,
      deltaMs: plainMs,
      warnings: [
        plainMs === null
          ? "One of them does not tell this quantile."
          : "No interval can be given: of one of them only quantiles are known.",
      ],
    };
  if (answer.kind === "too-few") return { ...known, ...none, deltaMs: plainMs, warnings: [answer.missing] };
  const { deltaMs, lowMs, highMs, spread, differ, verdict } = answer;
  const doubts = doubtsOf(match);
  return {
    ...known,
    ...{ deltaMs: toMicro(deltaMs), lowMs: toMicro(lowMs), highMs: toMicro(highMs), spread, runsDiffer: differ },
    verdict: doubts.length === 0 ? verdict : "inconclusive",
    warnings: doubts,
  };
}

/** Of a single run as it reports it; of several from their merged samples, since quantiles are never averaged. */
function sideMs(runs: Matched["base"], match: Matched, quantile: number): number | null {
  const parts = runs.flatMap(({ subject }) => partsOf(match, subject));
  const [only] = runs;
  if (parts.length > 0 && runs.every(({ subject }) => partsOf(match, subject).length > 0))
    return toMicro(quantileOf(cumulate(parts), quantile));
  if (only === undefined || runs.length > 1) return null;
  const times = match.measure === "service" ? only.subject.load.serviceMs : only.subject.load.responseMs;
  return { 0.5: times?.p50, 0.9: times?.p90, 0.99: times?.p99 }[quantile] ?? null;
}

const answersIn = (runs: Matched["base"]): number =>
  runs.reduce((sum, { subject: { load } }) => {
    const failed = Object.values(load.failures ?? {}).reduce((total, count) => total + count, 0);
    return sum + load.requests - failed;
  }, 0);

/** What keeps even runs in turn from proving anything of the target. */
const doubtsOf = (match: Matched): readonly string[] =>
  [...match.base, ...match.other].flatMap(({ run, subject }) => [
    ...(run.report.interrupted ? [`Not to be relied on: ${run.name} did not come to its end.`] : []),
    ...(subject.load.saturated === true
      ? [`Not to be relied on: in ${run.name} the generator was the bottleneck.`]
      : []),
  ]);
