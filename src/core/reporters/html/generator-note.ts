import { html, type Markup } from "./markup.ts";

/** How the generator itself fared, before any number that it made. */
export const generatorNote = (tone: "inconclusive" | "skipped", heading: string, lines: readonly string[]): Markup =>
  html`<div class="note ${tone}" role="note"><strong>${heading}</strong>${lines.length === 0 ? null : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`}</div>`;
