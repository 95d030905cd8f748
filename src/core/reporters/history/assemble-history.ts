import { createRandom } from "#core/statistics/random.ts";
import type { OverallVerdict, RunReport, Vantage } from "../run-report.ts";
import { plural } from "../words.ts";
import { lastChange, nowFailing } from "./history-words.ts";
import type { PastRun } from "./past-run.ts";
import type { ReportedChecked, ReportedHistory } from "./reported-history.ts";
import { pointsMin, seriesOf } from "./series-of.ts";

export interface HistoryParts {
  /** In whatever order. */
  readonly runs: readonly PastRun[];
  readonly marginShare: number;
  /** Milliseconds since the epoch; null: whatever changed. */
  readonly sinceMs: number | null;
  readonly seed: number;
  readonly vantage: Vantage;
  /** Of this report. */
  readonly startedAt: string;
}

const falseAlarms = 0.01;
/** Fewer than three runs are a bad night, not a level. */
const sideMin = 3;

/** Runs over time as a report: fails where something got worse and has stayed so. */
export function assembleHistory(parts: HistoryParts): RunReport {
  const runs = parts.runs.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0));
  const search = { alpha: falseAlarms, sideMin, random: createRandom(parts.seed) };
  const series = seriesOf(runs, parts.marginShare, search);
  const history: ReportedHistory = {
    falseAlarms,
    marginShare: parts.marginShare,
    since: parts.sinceMs === null ? null : new Date(parts.sinceMs).toISOString(),
    runs: runs.map(({ name, command, startedAt, verdict }) => ({ name, command, startedAt, verdict })),
    series,
    checked: checkedOf(runs),
    warnings: warningsOf(runs, series),
  };
  return {
    schema: "pathproof.report/1",
    command: "history",
    verdict: verdictOf(history),
    startedAt: parts.startedAt,
    elapsedMs: 0,
    interrupted: false,
    vantage: parts.vantage,
    targets: [],
    checks: [],
    loads: [],
    thresholds: [],
    comparison: null,
    history,
  };
}

function checkedOf(runs: readonly PastRun[]): readonly ReportedChecked[] {
  const targets = new Set(runs.flatMap(({ checked }) => checked.map(({ target }) => target)));
  return [...targets].map((target) => ({
    target,
    verdicts: runs.flatMap(({ checked }, run) =>
      checked.filter((one) => one.target === target).map(({ verdict, cause }) => ({ run, verdict, cause })),
    ),
  }));
}

function verdictOf(history: ReportedHistory): OverallVerdict {
  if (lastChange(history, "worse").length > 0 || nowFailing(history).length > 0) return "fail";
  const anyTold =
    history.series.some(({ enough }) => enough) || history.checked.some(({ verdicts }) => verdicts.length > 1);
  return anyTold ? "pass" : "inconclusive";
}

function warningsOf(runs: readonly PastRun[], series: ReportedHistory["series"]): readonly string[] {
  const searched = series.filter(({ enough }) => enough).length;
  const short = series.length - searched;
  const leftOut = runs.filter((run) => run.leftOut.length > 0);
  const [first] = leftOut;
  return [
    ...(searched === 0
      ? []
      : [
          `${plural(searched, "figure")} ${searched === 1 ? "was" : "were"} searched; in 1 of 100 that never changed, a change is found all the same, and in more where a run resembles the one before it.`,
        ]),
    ...(short === 0
      ? []
      : [
          `${plural(short, "figure")} ${short === 1 ? "has" : "have"} fewer than ${pointsMin} runs: too few to tell a change from chance.`,
        ]),
    ...(first === undefined
      ? []
      : [
          `Of ${plural(leftOut.length, "run")} not all is shown: of ${first.name}, ${first.leftOut.join(", and ")}${leftOut.length === 1 ? "" : "; the others are alike"}.`,
        ]),
  ];
}
