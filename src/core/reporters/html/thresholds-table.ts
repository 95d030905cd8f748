import { loadNames, worstFirst } from "../load-tally.ts";
import type { ReportedThreshold, RunReport } from "../run-report.ts";
import { badge } from "./badge.ts";
import { html, type Markup } from "./markup.ts";

/** What was asked for and what was found; what failed comes first. */
export function thresholdsTable(report: RunReport): Markup {
  if (report.thresholds.length === 0) return html``;
  const several = loadNames(report).length > 1;
  return html`<section><h2 id="thresholds">Thresholds</h2><div class="scroll" tabindex="0" role="region" aria-labelledby="thresholds"><table>
<thead><tr><th scope="col">Verdict</th><th scope="col">Rule</th><th scope="col">Observed</th><th scope="col">Target</th>${several ? html`<th scope="col">Load</th>` : null}</tr></thead>
<tbody>${worstFirst(report.thresholds).map((threshold) => row(threshold, several))}</tbody></table></div><p class="meta">A percentile alone, such as <code>p99</code>, is of service time; <code>response p99</code> counts from when a request was due.</p></section>`;
}

const row = ({ rule, observed, target, load, verdict }: ReportedThreshold, several: boolean): Markup =>
  html`<tr><td>${badge(verdict)}</td><th scope="row"><code>${rule}</code></th><td><strong>${observed}</strong></td><td>${target}</td>${several ? html`<td>${load}</td>` : null}</tr>`;
