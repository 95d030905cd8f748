import type { Span } from "../../time-bins.ts";
import { html, type Markup } from "../markup.ts";
import { bandPath, linePath, type Slice } from "./path.ts";
import type { Axis } from "./scale.ts";

/** @param x in [0, 1], from the left */
export const sliceOf = (x: number, span: Span | null, y: Axis): Slice | null =>
  span && { x, low: y.scale(span.low), high: y.scale(span.high) };

/** A line where each bin has one value; where it has several, the band from the lowest to the highest, edged. */
export function spanMarks(className: string, slices: readonly (Slice | null)[]): Markup {
  const edge = linePath(slices.map((slice) => slice && { x: slice.x, y: slice.high }));
  const line = html`<path class="line ${className}" d="${edge}"/>`;
  const narrow = slices.every((slice) => slice?.low === slice?.high);
  return narrow ? line : html`<path class="band ${className}" d="${bandPath(slices)}"/>${line}`;
}
