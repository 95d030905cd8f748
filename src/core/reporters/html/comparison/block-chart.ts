import { type BlockBin, blockBins } from "../../block-bins.ts";
import { useWords } from "../../comparison-words.ts";
import type { ReportedComparison, ReportedUse } from "../../reported-comparison.ts";
import { grouped, threeDigits } from "../../show-number.ts";
import { clock } from "../../show-time.ts";
import type { Span } from "../../time-bins.ts";
import { showMsTick } from "../charts/curve.ts";
import { type DataTable, figure } from "../charts/figure.ts";
import { barsPath } from "../charts/path.ts";
import { hits, plot } from "../charts/plot.ts";
import { type Axis, linearAxis, roundAxis, timeAxis } from "../charts/scale.ts";
import { chartLegend, seriesClass, seriesMax } from "../charts/series.ts";
import { sliceOf, spanMarks } from "../charts/span-marks.ts";
import { html, type Markup } from "../markup.ts";

const binsMax = 240;

/** Round by round: whether targets drifted, whether together, and how the generator fared meanwhile. */
export function blockChart({ blocks, design, targets }: ReportedComparison, use: ReportedUse): Markup {
  const bins = blockBins(
    blocks.filter(({ connections }) => connections === use),
    binsMax,
  );
  const last = bins.at(-1);
  if (last === undefined) return html``;
  const names = targets.filter(({ connections }) => connections === use).map(({ target }) => target);
  const shown = names.slice(0, seriesMax);
  const roundMs = design.durationMs / Math.max(1, design.rounds);
  const x = timeAxis((last.startMs + roundMs * (last.to - last.from + 1)) / 1000);
  const placeOf = placing(x, bins, roundMs);
  return figure({
    title: "Round by round",
    subject: `on ${useWords[use]}`,
    note: "Targets that rise and fall together share what is around them, which the comparison takes out; one that drifts alone does not.",
    legend: chartLegend([
      ...shown.map((name, index) => ({ name, className: seriesClass(index), shape: "line" }) as const),
      { name: "failed", className: "bad", shape: "bar" },
      { name: "generator late", className: "asked", shape: "bar" },
    ]),
    plots: html`<div class="stack">${latencyPanel("p50", bins, shown, placeOf, x)}${latencyPanel("p99", bins, shown, placeOf, x)}${barPanel(
      "Failed requests",
      "bad",
      bins.map(({ failures }) => failures),
      placeOf,
      x,
      grouped,
    )}${generatorPanel(bins, placeOf, x)}${hits(bins.map((_, index) => ({ ...placeOf(index), says: null })))}</div>`,
    table: table(bins, names),
  });
}

type Place = (index: number) => { readonly from: number; readonly to: number };

const placing =
  (x: Axis, bins: readonly BlockBin[], roundMs: number): Place =>
  (index) => {
    const bin = bins[index];
    const from = bin?.startMs ?? 0;
    const to = bins[index + 1]?.startMs ?? from + roundMs * ((bin?.to ?? 0) - (bin?.from ?? 0) + 1);
    return { from: x.scale(from / 1000), to: Math.min(1, x.scale(to / 1000)) };
  };

function latencyPanel(
  quantile: "p50" | "p99",
  bins: readonly BlockBin[],
  names: readonly string[],
  placeOf: Place,
  x: Axis,
): Markup {
  const spans = (name: string) => bins.map((bin) => bin.targets.get(name)?.[quantile] ?? null);
  const known = names.flatMap(spans).filter((span) => span !== null);
  if (known.length === 0) return html``;
  const y = roundAxis(Math.min(...known.map(({ low }) => low)), Math.max(...known.map(({ high }) => high)), showMsTick);
  const middle = (index: number): number => (placeOf(index).from + placeOf(index).to) / 2;
  return html`<p class="panel">${quantile} of each block</p>${plot({
    says: `${quantile} round by round: ${names.map((name) => `${name} ${reach(spans(name).filter((span) => span !== null))}`).join("; ")}.`,
    size: "middle",
    x,
    y,
    marks: html`${names.map((name, index) =>
      spanMarks(
        seriesClass(index),
        spans(name).map((span, bin) => sliceOf(middle(bin), span, y)),
      ),
    )}`,
    xLabels: false,
  })}`;
}

function barPanel(
  title: string,
  className: string,
  values: readonly number[],
  placeOf: Place,
  x: Axis,
  show: (value: number) => string,
  xLabels = false,
): Markup {
  const most = Math.max(0, ...values);
  if (most === 0 && !xLabels) return html`<p class="panel">${title}: none</p>`;
  const y = linearAxis(most === 0 ? 1 : most, show);
  const ends = { ...y, ticks: y.ticks.filter((_, index, { length }) => index === 0 || index === length - 1) };
  return html`<p class="panel">${title}</p>${plot({
    says: `${title} round by round: ${most === 0 ? "none" : `at most ${show(most)}`}.`,
    size: "low",
    x,
    y: ends,
    marks: html`<path class="bar ${className}" d="${barsPath(values.map((value, index) => ({ ...placeOf(index), height: y.scale(value) })))}"/>`,
    xLabels,
  })}`;
}

/** How late the generator was; where it was the bottleneck, the bar says so in the colour and the words of trouble. */
function generatorPanel(bins: readonly BlockBin[], placeOf: Place, x: Axis): Markup {
  const saturated = bins.reduce((sum, bin) => sum + bin.saturated, 0);
  const title = `How late the generator was, one time in a hundred; ${saturated === 0 ? "it was never the bottleneck" : `it was the bottleneck in ${grouped(saturated)} of the blocks`}`;
  const values = bins.map(({ lateMsP99 }) => lateMsP99 ?? 0);
  return barPanel(title, saturated === 0 ? "asked" : "bad", values, placeOf, x, showMsTick, true);
}

const reach = (spans: readonly Span[]): string =>
  spans.length === 0
    ? "not answered"
    : `from ${threeDigits(Math.min(...spans.map(({ low }) => low)))} to ${threeDigits(Math.max(...spans.map(({ high }) => high)))} ms`;

function ms(span: Span | null): string {
  if (span === null) return "–";
  const [low, high] = [threeDigits(span.low), threeDigits(span.high)];
  return `${low === high ? low : `${low}–${high}`} ms`;
}

const table = (bins: readonly BlockBin[], names: readonly string[]): DataTable => ({
  caption: "Round by round",
  head: [
    "Round",
    "Began",
    ...names.map((name) => `${name} p50 / p99`),
    "Failed",
    "Never sent",
    "Generator late",
    "Saturated",
  ],
  rows: bins.map((bin) => [
    bin.from === bin.to ? `${bin.from + 1}` : `${bin.from + 1}–${bin.to + 1}`,
    clock(Math.floor(bin.startMs / 1000)),
    ...names.map((name) => {
      const own = bin.targets.get(name);
      return own === undefined ? "–" : `${ms(own.p50)} / ${ms(own.p99)}`;
    }),
    grouped(bin.failures),
    grouped(bin.dropped),
    bin.lateMsP99 === null ? "–" : `${threeDigits(bin.lateMsP99)} ms`,
    bin.saturated === 0 ? "no" : `${bin.saturated} blocks`,
  ]),
});
