import { subjectOf } from "../../load-words.ts";
import type { Quantiles, ReportedLoad } from "../../run-report.ts";
import { threeDigits } from "../../show-number.ts";
import { html, type Markup } from "../markup.ts";
import { showMsTick } from "./curve.ts";
import { type Lane, lanesPlot } from "./lanes.ts";
import { linePath } from "./path.ts";
import { type Axis, logAxis } from "./scale.ts";

/** Each duration from its median to its slowest, on one axis, over the table that has the numbers. */
export function durationsChart(load: ReportedLoad, table: Markup): Markup {
  const durations = (
    [
      ["connect", load.connectMs],
      ["TLS", load.tlsMs],
      ["service", load.serviceMs],
      ["response", load.responseMs],
    ] as const
  ).flatMap(([name, quantiles]) => (quantiles === null ? [] : [{ name, quantiles }]));
  if (durations.length === 0) return table;
  const ends = durations.flatMap(({ quantiles }) => endsOf(quantiles));
  const x = logAxis(Math.min(...ends), Math.max(...ends), showMsTick);
  return html`<figure><figcaption><strong>Where the time goes</strong> <span class="meta">A bar from p50 to p99, a line on to the slowest (logarithmic). Connect and TLS only where a connection was opened; response holds service and the wait before it. Quantiles of parts do not add up to one of the whole.</span></figcaption>${lanesPlot(
    {
      says: `Durations at ${subjectOf(load)}: ${durations.map(({ name, quantiles }) => `${name} ${inWords(quantiles)}`).join("; ")}.`,
      x,
      under: html``,
      lanes: durations.map(({ name, quantiles }) => rangeLane(name, quantiles, x)),
    },
  )}${table}</figure>`;
}

/** Of another tool's load some quantiles are not known: then the bar is as long as what is. */
export const endsOf = ({ p50, p99, max }: Quantiles): readonly number[] =>
  [p50, p99, max].filter((known) => known !== null);

/** A bar from the median to p99, a line on to the slowest. */
export function rangeLane(name: string, quantiles: Quantiles, x: Axis): Lane {
  const { p50, p99, max } = quantiles;
  const from = p50 ?? p99 ?? max;
  const to = p99 ?? from;
  if (from === null || to === null) return { label: html`<span>${name}</span>`, marks: html`` };
  const between = (start: number, end: number): string =>
    linePath([start, end].map((ms) => ({ x: x.scale(ms), y: 0.5 })));
  return {
    label: html`<span>${name} <b>${inWords(quantiles)}</b></span>`,
    marks: html`<path class="reach s1" d="${between(from, to)}"/><path class="line s1" d="${between(to, max ?? to)}"/>`,
  };
}

export const inWords = ({ p50, p99, max }: Quantiles): string =>
  `p50 ${threeDigits(p50)}, p99 ${threeDigits(p99)}, max ${threeDigits(max)} ms`;
