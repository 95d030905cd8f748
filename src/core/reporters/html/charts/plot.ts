import { html, type Markup } from "../markup.ts";
import { gridPath } from "./path.ts";
import type { Axis, Tick } from "./scale.ts";

export interface Plot {
  /** What a reader who does not see it is told. */
  readonly says: string;
  readonly size: "tall" | "middle" | "low";
  readonly x: Axis;
  readonly y: Axis;
  /** Paths, in the plot's own measure of 1000 by 1000. */
  readonly marks: Markup;
  readonly xLabels: boolean;
}

/**
 * The drawing stretches, the words do not: lines keep their width (`non-scaling-stroke`) and labels are text of the page, as
 * legible at 380 px as at 1600 px and on paper.
 */
export const plot = ({ says, size, x, y, marks, xLabels }: Plot): Markup => html`<div class="plot ${size}">
<svg viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-label="${says}"><path class="grid" d="${gridPath(
  x.ticks.map(({ at }) => at),
  y.ticks.map(({ at }) => at),
)}"/>${marks}</svg>${y.ticks.map(yLabel)}${xLabels ? x.ticks.map(xLabel) : null}</div>`;

const yLabel = ({ at, label }: Tick): Markup =>
  label === null ? html`` : html`<span class="y" style="bottom:${percent(at)}">${label}</span>`;

export const xLabel = ({ at, label, minor }: Tick): Markup =>
  label === null ? html`` : html`<span class="x${minor ? " minor" : ""}" style="left:${percent(at)}">${label}</span>`;

const percent = (share: number): string => `${Number((share * 100).toFixed(2))}%`;

export interface Hit {
  readonly from: number;
  readonly to: number;
  /** What the pointer is told; null where the table below has a row for each strip, in the same order, and the script reads that. */
  readonly says: string | null;
}

/** Strips over a plot, or over several that share an axis, that say their numbers under a pointer. The table below has them for all others. */
export const hits = (strips: readonly Hit[]): Markup =>
  html`<svg class="hits" viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true">${strips.map(strip)}</svg>`;

function strip({ from, to, says }: Hit): Markup {
  const place = html`x="${thousandths(from)}" width="${thousandths(to - from)}"`;
  return says === null ? html`<rect ${place}/>` : html`<rect ${place}><title>${says}</title></rect>`;
}

const thousandths = (share: number): number => Math.round(share * 10_000) / 10;
