import { showShare, threeDigits } from "../../show-number.ts";
import { html, type Markup } from "../markup.ts";
import { atShare, type Curve, msAt, showMsTick } from "./curve.ts";
import { type DataTable, figure } from "./figure.ts";
import { linePath, type Point } from "./path.ts";
import { type Hit, hits, plot } from "./plot.ts";
import { type Axis, logAxis, oneTwoFives } from "./scale.ts";
import { chartLegend, seriesClass } from "./series.ts";

/** What share was answered within so many milliseconds: where the body lies, and whether it has two humps. */
export function cdfChart(title: string, subject: string, curves: readonly Curve[]): Markup {
  const drawn = curves.filter(({ points }) => points.length > 1);
  if (drawn.length === 0) return html``;
  const range = rangeOf(drawn);
  const x = logAxis(...range, showMsTick);
  return figure({
    title,
    subject,
    note: "The share of requests (up) that took no longer than so long (right, logarithmic). A steep line is a narrow spread; a step in it is a second kind of request. What the slowest two hundredths took is in the curves by percentile.",
    legend: chartLegend(drawn.map(({ name }, index) => ({ name, className: seriesClass(index), shape: "line" }))),
    plots: html`<div class="stack">${plot({
      says: `${title}. ${drawn.map(inWords).join("; ")}.`,
      size: "middle",
      x,
      y,
      marks: html`${drawn.map((curve, index) => html`<path class="line ${seriesClass(index)}" d="${linePath(placed(curve, x))}"/>`)}`,
      xLabels: true,
    })}${hits(strips(drawn, x, range))}</div>`,
    table: table(title, drawn, range),
  });
}

const quarters = [0, 0.25, 0.5, 0.75, 1];
const y: Axis = {
  scale: (share) => share,
  ticks: quarters.map((share) => ({ at: share, label: `${share * 100}%`, minor: false })),
};

const placed = ({ points }: Curve, x: Axis): readonly Point[] =>
  points.filter(([share]) => share <= shareShown).map(([share, ms]) => ({ x: x.scale(ms), y: y.scale(share) }));

/** Between two points the share rises evenly: the histogram's buckets tell no more. */
export function shareWithin({ points }: Curve, ms: number): number {
  const above = points.findIndex(([, value]) => value > ms);
  if (above === -1) return 1;
  const [shareBefore, msBefore] = points[above - 1] ?? [0, 0];
  const [shareAfter, msAfter] = points[above] ?? [1, ms];
  return above === 0 ? 0 : shareBefore + ((shareAfter - shareBefore) * (ms - msBefore)) / (msAfter - msBefore);
}

type Range = readonly [lowestMs: number, highestMs: number];

/** The slowest few would take half the plot: they have a chart of their own. */
const shareShown = 0.98;

const rangeOf = (curves: readonly Curve[]): Range => [
  Math.max(1e-3, Math.min(...curves.map((curve) => msAt(curve, 0) ?? 1))),
  Math.max(...curves.map((curve) => msAt(curve, shareShown) ?? 1)),
];

const stripCount = 30;

function strips(curves: readonly Curve[], x: Axis, [lowest, highest]: Range): readonly Hit[] {
  const step = Math.log(highest / lowest) / stripCount;
  return Array.from({ length: stripCount }, (_, index) => {
    const at = (offset: number): number => lowest * Math.exp(step * (index + offset));
    const said = curves.map((curve) => `${curve.name} ${showShare(shareWithin(curve, at(0.5)))}`).join(", ");
    return { from: x.scale(at(0)), to: x.scale(at(1)), says: `within ${threeDigits(at(0.5))} ms: ${said}` };
  });
}

const table = (title: string, curves: readonly Curve[], range: Range): DataTable => ({
  caption: title,
  head: ["Within", ...curves.map(({ name }) => name)],
  rows: oneTwoFives(...range).map((ms) => [
    showMsTick(ms),
    ...curves.map((curve) => showShare(shareWithin(curve, ms))),
  ]),
});

const inWords = (curve: Curve): string =>
  `${curve.name}: a tenth within ${atShare(curve, 0.1)}, half within ${atShare(curve, 0.5)}, nine tenths within ${atShare(curve, 0.9)}`;
