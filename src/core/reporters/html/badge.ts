import type { OverallVerdict } from "../run-report.ts";
import { html, type Markup } from "./markup.ts";

const glyphs = { pass: "✓", fail: "✗", inconclusive: "?", skipped: "–" } as const satisfies Record<
  OverallVerdict,
  string
>;
export const verdictNames = {
  pass: "Pass",
  fail: "Fail",
  inconclusive: "Inconclusive",
  skipped: "Skipped",
} as const satisfies Record<OverallVerdict, string>;

export const badge = (verdict: OverallVerdict): Markup =>
  html`<span class="badge ${verdict}">${glyphs[verdict]} ${verdictNames[verdict]}</span>`;

/** For a cell of the matrix: the glyph for the eye, the verdict for a screen reader, what it `says` for the mouse. */
export const cellBadge = (verdict: OverallVerdict, says: string | null): Markup =>
  html`<span class="badge ${verdict}" role="img" aria-label="${verdictNames[verdict]}"${says === null ? null : html` title="${says}"`}>${glyphs[verdict]}</span>`;

export const legend = (): Markup =>
  html`<ul class="legend">${(["pass", "fail", "inconclusive", "skipped"] as const).map((verdict) => html`<li>${badge(verdict)}</li>`)}</ul>`;
