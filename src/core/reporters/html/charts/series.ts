import { html, type Markup } from "../markup.ts";

/** As many as can be told apart by colour, by dashes and by shape of the mark alone. */
export const seriesMax = 6;

/** `s1` to `s6`: a colour and a dash pattern each, in the style sheet. */
export const seriesClass = (index: number): string => `s${(index % seriesMax) + 1}`;

export interface LegendEntry {
  readonly name: string;
  readonly className: string;
  readonly shape: "line" | "band" | "bar";
}

export const chartLegend = (entries: readonly LegendEntry[]): Markup =>
  html`<ul class="legend">${entries.map(entry)}</ul>`;

const entry = ({ name, className, shape }: LegendEntry): Markup =>
  html`<li><svg class="swatch" viewBox="0 0 32 12" aria-hidden="true">${shapes[shape](className)}</svg> ${name}</li>`;

const shapes = {
  line: (className) => html`<path class="line ${className}" d="M1 6H31"/>`,
  band: (className) =>
    html`<path class="band ${className}" d="M1 10L1 5L31 2V8Z"/><path class="line ${className}" d="M1 5L31 2"/>`,
  bar: (className) => html`<path class="bar ${className}" d="M4 12V5H12V12ZM18 12V1H26V12Z"/>`,
} as const satisfies Record<LegendEntry["shape"], (className: string) => Markup>;
