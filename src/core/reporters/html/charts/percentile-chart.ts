import { showShare } from "../../show-number.ts";
import { html, type Markup } from "../markup.ts";
import { atShare, type Curve, showMsTick } from "./curve.ts";
import { type DataTable, figure, type View, views } from "./figure.ts";
import { dot, linePath, type Point } from "./path.ts";
import { type Hit, hits, plot } from "./plot.ts";
import { type Axis, linearAxis, logAxis, type Tick } from "./scale.ts";
import { chartLegend, seriesClass } from "./series.ts";

/** The room that the slowest request of all has right of the last share. */
const roomForMax = 0.15;

/** Latency by percentile, each further nine as wide as the one before: where tails are seen. */
export function percentileChart(title: string, subject: string, note: string, curves: readonly Curve[]): Markup {
  const drawn = curves.filter(({ points }) => points.length > 1);
  if (drawn.length === 0) return html``;
  const x = nines(drawn);
  const values = drawn.flatMap(({ points }) => points.map(([, ms]) => ms));
  const view = (name: string, y: Axis): View => ({
    name,
    plot: plot({
      says: `${title}. ${drawn.map(inWords).join("; ")}.`,
      size: "tall",
      x,
      y,
      marks: html`${drawn.map((curve, index) => curveMarks(curve, seriesClass(index), x, y))}`,
      xLabels: true,
    }),
  });
  return figure({
    title,
    subject,
    note,
    legend: chartLegend(drawn.map(({ name }, index) => ({ name, className: seriesClass(index), shape: "line" }))),
    plots: views(
      `${title} ${subject}`,
      [
        view("Logarithmic", logAxis(Math.min(...values), Math.max(...values), showMsTick)),
        view("Linear", linearAxis(Math.max(...values), showMsTick)),
      ],
      hits(strips(drawn, x)),
    ),
    table: table(title, drawn),
  });
}

/** From the shares alone: up to the last below 1, and a little room for the slowest. */
function nines(curves: readonly Curve[]): Axis {
  const shares = curves.flatMap(({ points }) => points.map(([share]) => share)).filter((share) => share < 1);
  const last = Math.max(0.5, ...shares);
  const end = decades(last) + roomForMax;
  const whole = Array.from({ length: Math.floor(decades(last) + 1e-6) }, (_, index) =>
    tick(1 - 10 ** -(index + 1), end),
  );
  return {
    scale: (share) => (share >= 1 ? 1 : decades(share) / end),
    ticks: [{ at: 0, label: "0", minor: true }, tick(0.5, end), ...whole, { at: 1, label: "max", minor: false }],
  };
}

const decades = (share: number): number => -Math.log10(1 - share);

const tick = (share: number, end: number): Tick => ({
  at: decades(share) / end,
  label: `p${Number((share * 100).toFixed(5))}`,
  minor: share === 0.5,
});

function curveMarks({ points }: Curve, className: string, x: Axis, y: Axis): Markup {
  const placed = points.map(([share, ms]): Point => ({ x: x.scale(share), y: y.scale(ms) }));
  const slowest = placed.slice(-1).map(dot).join("");
  return html`<path class="line ${className}" d="${linePath(placed)}"/><path class="dot ${className}" d="${slowest}"/>`;
}

/** Where the table has a row, and a few between; each strip reaches halfway to its neighbours. */
function strips(curves: readonly Curve[], x: Axis): readonly Hit[] {
  const last = lastShare(curves);
  const shares = [...tableShares, ...sharesBetween]
    .filter((share) => share === 1 || share <= last)
    .sort((a, b) => a - b);
  return shares.map((share, index) => {
    const at = x.scale(share);
    const before = x.scale(shares[index - 1] ?? share);
    const after = x.scale(shares[index + 1] ?? share);
    const said = curves.map((curve) => `${curve.name} ${atShare(curve, share)}`).join(", ");
    return { from: (before + at) / 2, to: (at + after) / 2, says: `${shareName(share)}: ${said}` };
  });
}

const shareName = (share: number): string => (share >= 1 ? "slowest" : `p${Number((share * 100).toFixed(4))}`);

const tableShares = [0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999, 0.99999, 1];

const sharesBetween = [0.1, 0.4, 0.6, 0.7, 0.8, 0.85, 0.925, 0.97, 0.98, 0.998, 0.9995, 0.9998];

/** The last that is not the slowest of all. */
const lastShare = (curves: readonly Curve[]): number =>
  Math.max(0, ...curves.flatMap(({ points }) => points.map(([share]) => share)).filter((share) => share < 1));

function table(title: string, curves: readonly Curve[]): DataTable {
  const last = lastShare(curves);
  const shares = tableShares.filter((share) => share === 1 || share <= last);
  return {
    caption: title,
    head: ["Share of requests", ...curves.map(({ name }) => `${name} at most`)],
    rows: shares.map((share) => [
      share === 0 ? "fastest" : share === 1 ? "100% (slowest)" : showShare(share),
      ...curves.map((curve) => atShare(curve, share)),
    ]),
  };
}

const inWords = (curve: Curve): string =>
  `${curve.name}: half within ${atShare(curve, 0.5)}, 99% within ${atShare(curve, 0.99)}, slowest ${atShare(curve, 1)}`;
