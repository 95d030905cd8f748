import { clean, clip } from "../clean.ts";
import {
  byWords,
  dateOf,
  failingSentence,
  nowFailing,
  type SeriesGroup,
  seriesGroups,
  showValue,
} from "../history/history-words.ts";
import type { ReportedHistory, ReportedSeries } from "../history/reported-history.ts";
import type { RunReport } from "../run-report.ts";
import { paragraph } from "./paragraph.ts";
import { colour, type TerminalView } from "./view.ts";

/** Saved runs over time: each figure as it was at first, on the way, and now, and what changed. */
export function historyLines({ history }: RunReport, view: TerminalView): readonly string[] {
  if (history === undefined) return [];
  return [
    ...seriesGroups(history).flatMap((group) => groupLines(history, group, view)),
    ...nowFailing(history).flatMap((checked) => paragraph("✗ ", failingSentence(history, checked), view)),
    ...history.warnings.flatMap((warning) => paragraph("! ", warning, view)),
    "",
  ];
}

function groupLines(
  history: ReportedHistory,
  { target, load, workload, series }: SeriesGroup,
  view: TerminalView,
): readonly string[] {
  const head = load === "keepalive" ? target : `${target} under ${load}`;
  return [
    view.paint.bold(clip(clean(head), view.columns)),
    ...(load === "keepalive" ? [] : paragraph("  ", workload, view).map((line) => view.paint.dim(line))),
    ...series.map((one) => seriesLine(history, one, view)),
    "",
  ];
}

const columns = { metric: 14, value: 9, bars: 24 } as const;

function seriesLine(history: ReportedHistory, series: ReportedSeries, view: TerminalView): string {
  const { metric, unit, points } = series;
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return "";
  return [
    `  ${metric}`.padEnd(columns.metric),
    showValue(unit, first[1]).padStart(columns.value),
    `  ${bars(points.map(([, value]) => value)).padEnd(columns.bars)}  `,
    showValue(unit, last[1]).padStart(columns.value),
    `  ${lastWords(history, series, view)}`,
  ].join("");
}

function lastWords(history: ReportedHistory, series: ReportedSeries, view: TerminalView): string {
  const change = series.changes.at(-1);
  if (!series.enough) return view.paint.dim("too few runs to tell");
  if (change === undefined) return view.paint.dim("no change");
  const verdict =
    change.alongside.length > 0 || change.direction === "other"
      ? "inconclusive"
      : change.direction === "worse"
        ? "fail"
        : "pass";
  const beside = change.alongside.length === 0 ? "" : `, with ${clip(clean(change.alongside.join(", ")), 60)}`;
  return colour(verdict, view)(`${byWords(series, change)} since ${dateOf(history, change.run)}${beside}`);
}

const heights = "▁▂▃▄▅▆▇█";

/** As many bars as fit, each the highest of its runs, from the lowest of all to the highest. */
function bars(values: readonly number[]): string {
  const each = Math.ceil(values.length / columns.bars);
  const shown = Array.from({ length: Math.ceil(values.length / each) }, (_, at) =>
    Math.max(...values.slice(at * each, (at + 1) * each)),
  );
  const low = Math.min(...shown);
  const reach = Math.max(...shown) - low;
  return shown
    .map((value) => heights[reach === 0 ? 0 : Math.round(((value - low) / reach) * (heights.length - 1))])
    .join("");
}
