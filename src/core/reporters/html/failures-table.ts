import { failuresByCount } from "../load-tally.ts";
import { refusalWords, subjectOf } from "../load-words.ts";
import type { ReportedLoad } from "../run-report.ts";
import { grouped, showShare } from "../show-number.ts";
import { html, type Markup } from "./markup.ts";
import { meter } from "./meter.ts";

/** Failures by cause; `pathproof explain` has each one's remedy. */
export function failuresTable(load: ReportedLoad): Markup {
  const failures = failuresByCount(load);
  const refused = load.refusals === undefined ? null : html`<p class="meta">Refused: ${refusalWords(load)}.</p>`;
  if (failures.length === 0)
    return html`<h4>Failures</h4><p class="meta">${load.failures === null ? "Not told." : "None."}</p>${refused}`;
  const most = failures[0]?.[1] ?? 1;
  const label = `Failures at ${subjectOf(load)} by cause`;
  return html`<h4>Failures by cause</h4><div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="numbers">
<thead><tr><th scope="col">Cause</th><th scope="col">Requests</th><th scope="col">Share</th><th scope="col">Beside the most frequent</th></tr></thead>
<tbody>${failures.map(([code, count]) => html`<tr><th scope="row"><code>${code}</code></th><td>${grouped(count)}</td><td>${showShare(count / Math.max(1, load.requests))}</td><td>${meter(count / most, "bad")}</td></tr>`)}</tbody></table></div>
<p class="meta">What a cause means and what to do: <code>pathproof explain ${failures[0]?.[0] ?? ""}</code>.</p>${refused}`;
}
