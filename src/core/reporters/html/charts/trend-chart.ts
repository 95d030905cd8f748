import { dateOf, type SeriesGroup, showValue } from "../../history/history-words.ts";
import type { ReportedHistory, ReportedSeries } from "../../history/reported-history.ts";
import { showShare } from "../../show-number.ts";
import { html, type Markup } from "../markup.ts";
import { showMsTick } from "./curve.ts";
import { type DataTable, figure } from "./figure.ts";
import { dot, linePath, type Point, uprightPath } from "./path.ts";
import { hits, plot } from "./plot.ts";
import { type Axis, linearAxis, logAxis } from "./scale.ts";
import { chartLegend, seriesClass } from "./series.ts";

/** One target under one load, run after run: the figures as dots, the levels they keep to as lines, a rule where one changed. */
export function trendChart(history: ReportedHistory, group: SeriesGroup): Markup {
  const x = runAxis(history);
  const times = group.series.filter(({ unit }) => unit === "ms");
  const shares = group.series.filter(({ unit }) => unit === "share");
  return figure({
    title: group.load === "keepalive" ? group.target : `${group.target} under ${group.load}`,
    subject: `${group.target}, ${group.load}`,
    note: `${group.workload}. A dot is a run, a line the level it keeps to, an upright a change.`,
    legend: chartLegend(
      group.series.map(({ metric }, index) => ({ name: metric, className: seriesClass(index), shape: "line" })),
    ),
    plots: html`<div class="stack">${panel("Service time (logarithmic)", times, group, history, x)}${panel("Shares", shares, group, history, x)}${strips(history, group, x)}</div>`,
    table: tableOf(history, group),
  });
}

function panel(
  title: string,
  series: readonly ReportedSeries[],
  group: SeriesGroup,
  history: ReportedHistory,
  x: Axis,
): Markup {
  const values = series.flatMap(({ points }) => points.map(([, value]) => value));
  if (values.length === 0) return html``;
  const isTime = series[0]?.unit === "ms";
  const y = isTime
    ? logAxis(Math.min(...values), Math.max(...values), showMsTick)
    : linearAxis(Math.max(...values), showShare);
  const name = isTime && series.every(({ metric }) => metric === "idle timeout") ? "Idle timeout (logarithmic)" : title;
  return html`<p class="panel">${name}</p>${plot({
    says: `${name} over ${history.runs.length} runs: ${series.map(inWords).join("; ")}.`,
    size: isTime ? "middle" : "low",
    x,
    y,
    marks: html`${series.flatMap(({ changes }) => changes).map(({ run }) => html`<path class="edge" d="${uprightPath(x.scale(run - 0.5))}"/>`)}${series.map((one) => marks(one, group.series.indexOf(one), history, x, y))}`,
    xLabels: group.series.at(-1) === series.at(-1),
  })}`;
}

function marks({ points, levels }: ReportedSeries, index: number, { runs }: ReportedHistory, x: Axis, y: Axis): Markup {
  const className = seriesClass(index);
  const last = points.at(-1)?.[0] ?? runs.length - 1;
  const ends = levels.flatMap(({ from, value }, at): readonly (Point | null)[] => {
    const to = (levels[at + 1]?.from ?? last + 1) - 0.5;
    return [{ x: x.scale(from - 0.5), y: y.scale(value) }, { x: x.scale(to), y: y.scale(value) }, null];
  });
  const dots = points.map(([run, value]) => dot({ x: x.scale(run), y: y.scale(value) })).join("");
  return html`<path class="line ${className}" d="${linePath(ends)}"/><path class="dot past ${className}" d="${dots}"/>`;
}

const inWords = ({ metric, unit, levels }: ReportedSeries): string =>
  `${metric} ${levels.map(({ value }) => showValue(unit, value)).join(", then ")}`;

const labelsMax = 6;

/** A place for each run, whenever it was; dates beneath as many as there is room for. */
function runAxis(history: ReportedHistory): Axis {
  const { length } = history.runs;
  const scale = (run: number): number => (run + 0.5) / length;
  const each = Math.ceil(length / labelsMax);
  const ticks = history.runs.flatMap((_, run) =>
    run % each === Math.floor(each / 2)
      ? [{ at: scale(run), label: dateOf(history, run).slice(5, 10), minor: (run / each) % 2 >= 1 }]
      : [],
  );
  return { scale, ticks };
}

function strips(history: ReportedHistory, group: SeriesGroup, x: Axis): Markup {
  return hits(
    history.runs.flatMap((_, run) => {
      const says = cellsOf(group, run);
      if (says.every((cell) => cell === "–")) return [];
      const named = group.series.map(({ metric }, index) => `${metric} ${says[index]}`).join(", ");
      return [{ from: x.scale(run - 0.5), to: x.scale(run + 0.5), says: `${dateOf(history, run)}: ${named}` }];
    }),
  );
}

const cellsOf = ({ series }: SeriesGroup, run: number): readonly string[] =>
  series.map(({ points, unit }) => {
    const point = points.find(([at]) => at === run);
    return point === undefined ? "–" : showValue(unit, point[1]);
  });

const tableOf = (history: ReportedHistory, group: SeriesGroup): DataTable => ({
  caption: "Every run",
  head: ["Run", ...group.series.map(({ metric }) => metric)],
  rows: history.runs.flatMap((_, run) => {
    const cells = cellsOf(group, run);
    return cells.every((cell) => cell === "–") ? [] : [[dateOf(history, run), ...cells]];
  }),
});
