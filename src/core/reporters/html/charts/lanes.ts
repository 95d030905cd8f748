import { html, type Markup } from "../markup.ts";
import { gridPath } from "./path.ts";
import { xLabel } from "./plot.ts";
import type { Axis } from "./scale.ts";

export interface Lane {
  /** Above its marks; cut off where there is no room, so what matters comes first. */
  readonly label: Markup;
  /** Paths, in the lane's own measure of 1000 by 1000. */
  readonly marks: Markup;
}

export interface Lanes {
  /** What a reader who does not see it is told. */
  readonly says: string;
  readonly x: Axis;
  /** Under all lanes, in a measure of 1000 by 1000. */
  readonly under: Markup;
  readonly lanes: readonly Lane[];
}

/** Things with names, one under the other, along one axis. */
export const lanesPlot = ({ says, x, under, lanes }: Lanes): Markup =>
  html`<div class="plot lanes" role="img" aria-label="${says}"><svg class="under" viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true"><path class="grid" d="${gridPath(
    x.ticks.map(({ at }) => at),
    [],
  )}"/>${under}</svg>${lanes.map(lane)}${x.ticks.map(xLabel)}</div>`;

const lane = ({ label, marks }: Lane): Markup =>
  html`<div class="lane"><span class="lane-label">${label}</span><svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">${marks}</svg></div>`;
