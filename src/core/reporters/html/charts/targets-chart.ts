import type { ReportedLoad } from "../../run-report.ts";
import { html, type Markup } from "../markup.ts";
import { showMsTick } from "./curve.ts";
import { endsOf, inWords, rangeLane } from "./durations-chart.ts";
import { lanesPlot } from "./lanes.ts";
import { logAxis } from "./scale.ts";

/** Many targets under one load, a lane each on one axis; the overview above it has the numbers. */
export function targetsChart(loads: readonly ReportedLoad[], measure: "response" | "service"): Markup {
  const all = loads.flatMap(({ target, responseMs, serviceMs }) => {
    const quantiles = measure === "response" ? responseMs : serviceMs;
    return quantiles === null ? [] : [{ target, quantiles }];
  });
  if (all.length === 0) return html`<p class="meta">No target answered as expected.</p>`;
  const ends = all.flatMap(({ quantiles }) => endsOf(quantiles));
  const x = logAxis(Math.min(...ends), Math.max(...ends), showMsTick);
  return html`<figure><figcaption><strong>Every target's ${measure} time</strong> <span class="meta">A bar from p50 to p99, a line on to the slowest (logarithmic).</span></figcaption>${lanesPlot(
    {
      says: `Every target's ${measure} time: ${all.map(({ target, quantiles }) => `${target} ${inWords(quantiles)}`).join("; ")}.`,
      x,
      under: html``,
      lanes: all.map(({ target, quantiles }) => rangeLane(target, quantiles, x)),
    },
  )}</figure>`;
}
