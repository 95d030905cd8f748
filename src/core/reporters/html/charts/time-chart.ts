import { subjectOf } from "../../load-words.ts";
import type { ReportedLoad } from "../../run-report.ts";
import { grouped, showRate, threeDigits } from "../../show-number.ts";
import { clock } from "../../show-time.ts";
import type { Span, TimeBin, TimeBins } from "../../time-bins.ts";
import { html, type Markup } from "../markup.ts";
import { showMsTick } from "./curve.ts";
import { type DataTable, figure } from "./figure.ts";
import { barsPath, levelPath } from "./path.ts";
import { hits, plot } from "./plot.ts";
import { type Axis, linearAxis, logAxis, timeAxis } from "./scale.ts";
import { chartLegend, type LegendEntry } from "./series.ts";
import { sliceOf, spanMarks } from "./span-marks.ts";

/** Second by second, one axis of time for all: rate, latency, failures, connections. */
export function timeChart(load: ReportedLoad, { bins, rowSeconds }: TimeBins): Markup {
  const last = bins.at(-1);
  const first = bins[0];
  if (last === undefined || first === undefined) return html``;
  const x = timeAxis(last.to);
  return figure({
    title: "Over time",
    subject: subjectOf(load),
    note: note(first.to - first.from, rowSeconds),
    legend: chartLegend(legendOf(load)),
    plots: html`<div class="stack">${panels(load, bins, x)}${hits(bins.map((bin) => ({ from: x.scale(bin.from), to: x.scale(bin.to), says: null })))}</div>`,
    table: table(bins),
  });
}

function note(each: number, rowSeconds: number): string {
  if (each === 1) return "Second by second, since the measured phase began.";
  if (each === rowSeconds) return `Each step is ${grouped(each)} seconds; a bar counts what was in it.`;
  const rows = rowSeconds === 1 ? "second" : `${rowSeconds} seconds`;
  return `Each step is ${grouped(each)} seconds: a band reaches from the best to the worst ${rows} in it, a bar counts all of it.`;
}

function legendOf(load: ReportedLoad): readonly LegendEntry[] {
  return [
    { name: "requests", className: "s6", shape: "line" },
    ...(load.rate === null ? [] : [{ name: "rate asked for", className: "asked", shape: "line" } as const]),
    { name: "p50 service", className: "s1", shape: "line" },
    { name: "p99 service", className: "p99", shape: "line" },
    { name: "failures", className: "bad", shape: "bar" },
    ...(tellsEnds(load) ? [{ name: "connections ended", className: "ended", shape: "bar" } as const] : []),
    { name: "connections opened", className: "opened", shape: "bar" },
  ];
}

function panels(load: ReportedLoad, bins: readonly TimeBin[], x: Axis): Markup {
  return html`${ratePanel(load, bins, x)}${latencyPanel(bins, x)}${barPanel("Failures", "bad", bins, x, ({ failures }) => failures, false)}${tellsEnds(load) ? barPanel("Connections that ended otherwise than planned", "ended", bins, x, ({ ended }) => ended, false) : null}${barPanel("Connections opened", "opened", bins, x, ({ connections }) => connections, true)}`;
}

/** Not every engine, and no older report, says when connections ended. */
const tellsEnds = ({ seconds }: ReportedLoad): boolean => seconds.some(({ ends }) => ends !== undefined);

const panelTitle = (title: string): Markup => html`<p class="panel">${title}</p>`;

function ratePanel({ rate }: ReportedLoad, bins: readonly TimeBin[], x: Axis): Markup {
  const y = linearAxis(Math.max(rate ?? 0, ...bins.map((bin) => bin.rate?.high ?? 0)), grouped);
  const asked = rate === null ? null : html`<path class="line asked" d="${levelPath(y.scale(rate))}"/>`;
  return html`${panelTitle("Requests per second")}${plot({
    says: `Requests per second over time: ${span(
      bins.map((bin) => bin.rate).filter((known) => known !== null),
      showRate,
    )}.`,
    size: "low",
    x,
    y,
    marks: html`${asked}${spanMarks(
      "s6",
      slices(bins, x, y, ({ rate }) => rate),
    )}`,
    xLabels: false,
  })}`;
}

function latencyPanel(bins: readonly TimeBin[], x: Axis): Markup {
  const values = bins.flatMap(({ p50, p99 }) => [p50, p99].filter((known) => known !== null));
  if (values.length === 0) return html``;
  const y = logAxis(Math.min(...values.map(({ low }) => low)), Math.max(...values.map(({ high }) => high)), showMsTick);
  const said = (name: string, spans: readonly (Span | null)[]): string =>
    `${name} ${span(
      spans.filter((known) => known !== null),
      (ms) => `${threeDigits(ms)} ms`,
    )}`;
  return html`${panelTitle("Service time: p99 above, p50 below (logarithmic)")}${plot({
    says: `Service time over time: ${said(
      "p50",
      bins.map(({ p50 }) => p50),
    )}; ${said(
      "p99",
      bins.map(({ p99 }) => p99),
    )}.`,
    size: "middle",
    x,
    y,
    marks: html`${spanMarks(
      "s1",
      slices(bins, x, y, ({ p50 }) => p50),
    )}${spanMarks(
      "p99",
      slices(bins, x, y, ({ p99 }) => p99),
    )}`,
    xLabels: false,
  })}`;
}

function barPanel(
  title: string,
  className: string,
  bins: readonly TimeBin[],
  x: Axis,
  countOf: (bin: TimeBin) => number,
  xLabels: boolean,
): Markup {
  const most = Math.max(...bins.map(countOf));
  if (most === 0 && !xLabels) return html`<p class="panel">${title}: none</p>`;
  const y = linearAxis(Math.max(1, most), grouped);
  const ends = { ...y, ticks: y.ticks.filter((_, index, { length }) => index === 0 || index === length - 1) };
  const bars = bins.map((bin) => ({ from: x.scale(bin.from), to: x.scale(bin.to), height: y.scale(countOf(bin)) }));
  return html`${panelTitle(most === 0 ? `${title}: none` : title)}${plot({
    says: `${title} over time: ${most === 0 ? "none" : `at most ${grouped(most)}`}.`,
    size: "low",
    x,
    y: ends,
    marks: html`<path class="bar ${className}" d="${barsPath(bars)}"/>`,
    xLabels,
  })}`;
}

const slices = (bins: readonly TimeBin[], x: Axis, y: Axis, spanAt: (bin: TimeBin) => Span | null) =>
  bins.map((bin) => sliceOf(x.scale((bin.from + bin.to) / 2), spanAt(bin), y));

const span = (spans: readonly Span[], show: (value: number) => string): string =>
  spans.length === 0
    ? "none"
    : `from ${show(Math.min(...spans.map(({ low }) => low)))} to ${show(Math.max(...spans.map(({ high }) => high)))}`;

const when = ({ from, to }: TimeBin): string => (to - from === 1 ? clock(from) : `${clock(from)} to ${clock(to)}`);

const msSpan = (known: Span | null): string => (known === null ? "–" : range(known, threeDigits));

const range = ({ low, high }: Span, show: (value: number) => string): string =>
  show(low) === show(high) ? show(low) : `${show(low)}–${show(high)}`;

const table = (bins: readonly TimeBin[]): DataTable => ({
  caption: "Over time",
  head: ["Since start", "Requests", "Requests/s", "Failed", "Opened", "Ended", "p50 ms", "p99 ms", "max ms"],
  rows: bins.map((bin) => [
    when(bin),
    grouped(bin.requests),
    bin.rate === null ? "–" : range(bin.rate, showRate),
    grouped(bin.failures),
    grouped(bin.connections),
    grouped(bin.ended),
    msSpan(bin.p50),
    msSpan(bin.p99),
    bin.max === null ? "–" : threeDigits(bin.max),
  ]),
});
