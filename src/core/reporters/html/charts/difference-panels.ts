import { quantileName, signedTick } from "../../comparison-words.ts";
import { html, type Markup } from "../markup.ts";
import { type Lane, lanesPlot } from "./lanes.ts";
import { linePath, uprightPath } from "./path.ts";
import { type Axis, roundAxis } from "./scale.ts";

/** `differs`: not the same, whatever the reason. */
export type DifferenceLook = "faster" | "slower" | "equivalent" | "inconclusive" | "differs";

/** One minus another at a quantile, in milliseconds; null where it is not known. */
export interface DrawnDifference {
  readonly quantile: number;
  readonly deltaMs: number | null;
  readonly lowMs: number | null;
  readonly highMs: number | null;
  readonly look: DifferenceLook;
  /** Above its mark. */
  readonly label: Markup;
  /** For a reader who does not see it. */
  readonly says: string;
}

/** Each difference with its interval, a panel a quantile: quantiles differ too much in size to share an axis. */
export function differencePanels(differences: readonly DrawnDifference[], marginMs: number | null): Markup {
  const quantiles = [...new Set(differences.map(({ quantile }) => quantile))];
  return html`<div class="panels">${quantiles.map((quantile) =>
    panel(
      differences.filter((one) => one.quantile === quantile),
      quantileName(quantile),
      marginMs,
    ),
  )}</div>`;
}

function panel(differences: readonly DrawnDifference[], name: string, marginMs: number | null): Markup {
  const known = differences
    .flatMap(({ deltaMs, lowMs, highMs }) => [deltaMs, lowMs, highMs])
    .filter((value) => value !== null);
  const reach = marginMs ?? 0;
  const x = roundAxis(Math.min(-reach, ...known), Math.max(reach, ...known), signedTick);
  return html`<div><p class="panel"><b>${name}</b>, ms: ◀ first is faster · second is faster ▶</p>${lanesPlot({
    says: `Differences at ${name}: ${differences.map(({ says }) => says).join("; ")}.`,
    x,
    under: html`${marginMs === null ? null : marginMarks(x, marginMs)}<path class="zero" d="${uprightPath(x.scale(0))}"/>`,
    lanes: differences.map((one): Lane => ({ label: one.label, marks: html`${marks(one, x)}` })),
  })}</div>`;
}

function marginMarks(x: Axis, marginMs: number): Markup {
  const [left, right] = [x.scale(-marginMs), x.scale(marginMs)];
  const band = `M${left * 1000} 0H${right * 1000}V1000H${left * 1000}Z`;
  return html`<path class="zone" d="${band}"/><path class="edge" d="${uprightPath(left)}${uprightPath(right)}"/>`;
}

/** A round mark where there is a difference, a square one where there is none, a ring where it is open; without an interval, no line. */
function marks({ deltaMs, lowMs, highMs, look }: DrawnDifference, x: Axis): Markup | null {
  if (deltaMs === null) return null;
  const whisker =
    lowMs === null || highMs === null
      ? null
      : html`<path class="whisker ${look}" d="${linePath([lowMs, highMs].map((ms) => ({ x: x.scale(ms), y: 0.5 })))}"/>`;
  return html`${whisker}${markOf(look, linePath([{ x: x.scale(deltaMs), y: 0.5 }]))}`;
}

const markOf = (look: DifferenceLook, at: string): Markup =>
  html`<path class="mark ${look}" d="${at}"/>${look === "inconclusive" || look === "differs" ? html`<path class="hole" d="${at}"/>` : null}`;

export const differenceLegend = (
  looks: readonly (readonly [DifferenceLook, name: string])[],
  hasMargin: boolean,
): Markup =>
  html`<ul class="legend">${looks.map(
    ([look, name]) =>
      html`<li><svg class="swatch" viewBox="0 0 32 12" aria-hidden="true"><path class="whisker ${look}" d="M1 6H31"/>${markOf(look, "M16 6Z")}</svg> ${name}</li>`,
  )}${hasMargin ? html`<li><svg class="swatch" viewBox="0 0 32 12" aria-hidden="true"><path class="zone" d="M2 0H30V12H2Z"/><path class="edge" d="M2 0V12M30 0V12"/></svg> margin</li>` : null}</ul>`;
