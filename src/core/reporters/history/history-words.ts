import { groupBy } from "../group-by.ts";
import { showShare, threeDigits } from "../show-number.ts";
import type { ReportedChange, ReportedChecked, ReportedHistory, ReportedSeries } from "./reported-history.ts";
import { pointsMin } from "./series-of.ts";

/** A change of a series, told with it. */
export interface ToldChange {
  readonly series: ReportedSeries;
  readonly change: ReportedChange;
}

/** What stands now: of each series its last change, where it went that way, began late enough, and nothing else explains it. */
export const lastChange = (history: ReportedHistory, direction: ReportedChange["direction"]): readonly ToldChange[] =>
  history.series.flatMap((series) => {
    const change = series.changes.at(-1);
    if (change === undefined || change.direction !== direction || change.alongside.length > 0) return [];
    return isRecent(history, change.run) ? [{ series, change }] : [];
  });

/** Every change, the newest first. */
export const allChanges = ({ series }: ReportedHistory): readonly ToldChange[] =>
  series
    .flatMap((one) => one.changes.map((change) => ({ series: one, change })))
    .toSorted((a, b) => b.change.run - a.change.run);

/** Targets whose checks failed in the last run that checked them, and had passed before. */
export const nowFailing = (history: ReportedHistory): readonly ReportedChecked[] =>
  history.checked.filter(({ verdicts }) => {
    const since = failingSince(verdicts);
    return since !== null && since > 0 && isRecent(history, verdicts[since]?.run ?? 0);
  });

/** The place in `verdicts` from which on all failed; null where the last did not. */
export function failingSince(verdicts: ReportedChecked["verdicts"]): number | null {
  if (verdicts.at(-1)?.verdict !== "fail") return null;
  return verdicts.findLastIndex(({ verdict }) => verdict !== "fail") + 1;
}

const isRecent = ({ runs, since }: ReportedHistory, run: number): boolean =>
  since === null || (runs[run]?.startedAt ?? "") >= since;

export const showValue = (unit: ReportedSeries["unit"], value: number): string =>
  unit === "share" ? showShare(value) : `${threeDigits(value)} ms`;

/** `2026-11-20 03:00`: in UTC, as everything here. */
export const dateOf = ({ runs }: ReportedHistory, run: number): string =>
  (runs[run]?.startedAt ?? "").slice(0, 16).replace("T", " ");

/** `+18%`; of a share, in points of it. */
export function byWords({ unit }: ReportedSeries, { before, after }: ReportedChange): string {
  const sign = after < before ? "−" : "+";
  const size = Math.abs(after - before);
  return unit === "share" ? `${sign}${showShare(size)}` : `${sign}${Math.round((size / before) * 100)}%`;
}

/** `p99 of orders-alb under steady rose from 12.1 to 15.3 ms (+26%) with the run of 2026-11-20 03:00`. */
export function changeSentence(history: ReportedHistory, { series, change }: ToldChange): string {
  const { metric, target, load, unit } = series;
  const moved = change.after > change.before ? "rose" : "fell";
  const of = load === "keepalive" ? target : `${target} under ${load}`;
  const beside = change.alongside.length === 0 ? "" : `; with it changed ${change.alongside.join(", ")}`;
  return `${metric} of ${of} ${moved} from ${showValue(unit, change.before)} to ${showValue(unit, change.after)} (${byWords(series, change)}) with the run of ${dateOf(history, change.run)}${beside}`;
}

/** `orders-direct has failed its checks since 2026-11-20 03:00 (denied-endpoint-policy), 3 runs in a row`. */
export function failingSentence(history: ReportedHistory, { target, verdicts }: ReportedChecked): string {
  const since = failingSince(verdicts) ?? 0;
  const { run = 0, cause = null } = verdicts[since] ?? {};
  const times = verdicts.length - since;
  return `${target} has failed its checks since ${dateOf(history, run)}${cause === null ? "" : ` (${cause})`}${times === 1 ? "" : `, ${times} runs in a row`}`;
}

/** All of it in a sentence. */
export function historyHeadline(history: ReportedHistory): string {
  const told = [
    ...nowFailing(history).map((checked) => failingSentence(history, checked)),
    ...lastChange(history, "worse").map((change) => changeSentence(history, change)),
  ];
  const [first] = told;
  const over = `${history.runs.length} runs from ${dateOf(history, 0)} to ${dateOf(history, history.runs.length - 1)}`;
  if (first !== undefined) return `${first}${told.length === 1 ? "" : `; ${told.length - 1} more got worse`}.`;
  if (!history.series.some(({ enough }) => enough) && history.checked.every(({ verdicts }) => verdicts.length < 2))
    return `Inconclusive: ${tooFewWords(history.runs.length)} to see a change in.`;
  const changed = allChanges(history).length;
  return `Nothing got worse and stayed so, in ${over}${changed === 0 ? "" : `; ${changed} ${changed === 1 ? "change is" : "changes are"} told below`}.`;
}

/** Many runs may still hold few of each figure: other targets, other rates, left out. */
function tooFewWords(runs: number): string {
  if (runs === 1) return "one run is too few";
  return runs < pointsMin ? `${runs} runs are too few` : `of ${runs} runs, too few have the same figure`;
}

/** The series of one target under one load, in the order of the report. */
export interface SeriesGroup extends Pick<ReportedSeries, "target" | "load" | "workload"> {
  readonly series: readonly ReportedSeries[];
}

export function seriesGroups({ series }: ReportedHistory): readonly SeriesGroup[] {
  return groupBy(series, ({ load, target, workload }) => JSON.stringify([load, target, workload])).map((own) => {
    const [{ target, load, workload }] = own;
    return { target, load, workload, series: own };
  });
}
