import { dateOf, type SeriesGroup, showValue } from "../../history/history-words.ts";
import type { ReportedHistory, ReportedSeries } from "../../history/reported-history.ts";
import { dash, showShare, threeDigits } from "../../show-number.ts";
import { type Span, spanOf } from "../../time-bins.ts";
import { html, type Markup } from "../markup.ts";
import { showMsTick } from "./curve.ts";
import { type DataTable, figure } from "./figure.ts";
import { linePath, type Point, strokePath, uprightPath } from "./path.ts";
import { hits, plot } from "./plot.ts";
import { type Axis, linearAxis, logAxis } from "./scale.ts";
import { chartLegend, seriesClass } from "./series.ts";
import { sliceOf } from "./span-marks.ts";

/** Rows of all tables together, so that a year of nights at a dozen targets stays under 500 KB. */
const rowsInAll = 1200;

/** How many runs are told together; 1 as long as there is room for each. */
export const runsEach = ({ runs }: ReportedHistory, groups: number): number =>
  Math.max(1, Math.ceil((runs.length * groups) / rowsInAll));

/**
 * One target under one load, run after run: the figures as dots, the levels they keep to as lines, a rule where one changed.
 *
 * @param each how many runs share a mark and a row
 */
export function trendChart(history: ReportedHistory, group: SeriesGroup, each: number): Markup {
  const x = runAxis(history);
  const steps = stepsOf(history, group, each);
  const times = group.series.filter(({ unit }) => unit === "ms");
  const shares = group.series.filter(({ unit }) => unit === "share");
  return figure({
    title: group.load === "keepalive" ? group.target : `${group.target} under ${group.load}`,
    subject: `${group.target}, ${group.load}`,
    note: `${group.workload}. ${each === 1 ? "A dot is a run" : `A stroke is ${each} runs, from the lowest to the highest`}, a line the level they keep to, an upright a change.`,
    legend: chartLegend(
      group.series.map(({ metric }, index) => ({ name: metric, className: seriesClass(index), shape: "line" })),
    ),
    plots: html`<div class="stack">${panel("Service time (logarithmic)", times, group, history, x, steps)}${panel("Shares", shares, group, history, x, steps)}${hits(steps.map(({ from, to }) => ({ from: x.scale(from - 0.5), to: x.scale(to + 0.5), says: null })))}</div>`,
    table: tableOf(history, group, steps),
  });
}

function panel(
  title: string,
  series: readonly ReportedSeries[],
  group: SeriesGroup,
  history: ReportedHistory,
  x: Axis,
  steps: readonly Step[],
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
    marks: html`${series.flatMap(({ changes }) => changes).map(({ run }) => html`<path class="edge" d="${uprightPath(x.scale(run - 0.5))}"/>`)}${series.map((one) => marks(one, group.series.indexOf(one), steps, x, y))}`,
    xLabels: group.series.at(-1) === series.at(-1),
  })}`;
}

function marks({ points, levels }: ReportedSeries, index: number, steps: readonly Step[], x: Axis, y: Axis): Markup {
  const className = seriesClass(index);
  const last = points.at(-1)?.[0] ?? 0;
  const ends = levels.flatMap(({ from, value }, at): readonly (Point | null)[] => {
    const to = (levels[at + 1]?.from ?? last + 1) - 0.5;
    return [{ x: x.scale(from - 0.5), y: y.scale(value) }, { x: x.scale(to), y: y.scale(value) }, null];
  });
  const dots = steps.map(({ from, to, spans }) => {
    const slice = sliceOf(x.scale((from + to) / 2), spans[index] ?? null, y);
    return slice === null ? "" : strokePath(slice);
  });
  return html`<path class="line ${className}" d="${linePath(ends)}"/><path class="dot past ${className}" d="${dots.join("")}"/>`;
}

const inWords = ({ metric, unit, levels }: ReportedSeries): string =>
  `${metric} ${levels.map(({ value }) => showValue(unit, value)).join(", then ")}`;

const labelsMax = 6;

/** A place for each run, whenever it was; dates beneath as many as there is room for. */
function runAxis(history: ReportedHistory): Axis {
  const { length } = history.runs;
  const scale = (run: number): number => (run + 0.5) / length;
  const each = Math.ceil(length / labelsMax);
  const [firstYear, lastYear] = [0, length - 1].map((run) => dateOf(history, run).slice(0, 4));
  const label = (run: number): string => dateOf(history, run).slice(firstYear === lastYear ? 5 : 0, 10);
  const ticks = history.runs.flatMap((_, run) =>
    run % each === Math.floor(each / 2) ? [{ at: scale(run), label: label(run), minor: (run / each) % 2 >= 1 }] : [],
  );
  return { scale, ticks };
}

/** Runs that share a mark, and between what each series of the group lay in them. */
interface Step {
  readonly from: number;
  readonly to: number;
  readonly spans: readonly (Span | null)[];
}

/** Steps in which no series has a point are left out. */
function stepsOf({ runs }: ReportedHistory, { series }: SeriesGroup, each: number): readonly Step[] {
  const values = series.map(({ points }) => new Map(points));
  return Array.from({ length: Math.ceil(runs.length / each) }, (_, step): Step => {
    const [from, to] = [step * each, Math.min(runs.length, (step + 1) * each) - 1];
    const own = runs.slice(from, to + 1).map((_, index) => from + index);
    return { from, to, spans: values.map((known) => spanOf(own.map((run) => known.get(run) ?? null))) };
  }).filter(({ spans }) => spans.some((span) => span !== null));
}

const tableOf = (history: ReportedHistory, { series }: SeriesGroup, steps: readonly Step[]): DataTable => ({
  caption: "Every run",
  head: ["Run", ...series.map(({ metric }) => metric)],
  rows: steps.map(({ from, to, spans }) => [
    from === to
      ? dateOf(history, from)
      : `${dateOf(history, from).slice(0, 10)} to ${dateOf(history, to).slice(0, 10)}`,
    ...spans.map((span, index) => spanWords(series[index]?.unit ?? "ms", span)),
  ]),
});

function spanWords(unit: ReportedSeries["unit"], span: Span | null): string {
  if (span === null) return dash;
  const [low, high] = [showValue(unit, span.low), showValue(unit, span.high)];
  return low === high ? low : `${unit === "ms" ? threeDigits(span.low) : low}–${high}`;
}
