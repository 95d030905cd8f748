import { quantileName, useWords } from "../../comparison-words.ts";
import type { ReportedComparedTarget, ReportedUse } from "../../reported-comparison.ts";
import { grouped, showShare, threeDigits } from "../../show-number.ts";
import { html, type Markup } from "../markup.ts";

/** Every target by itself: how much it rests on, and each quantile with its interval. */
export function comparedTargets(targets: readonly ReportedComparedTarget[], use: ReportedUse): Markup {
  const quantiles = targets[0]?.quantiles.map(({ quantile }) => quantile) ?? [];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${`Targets on ${useWords[use]}`}"><table class="numbers overview sortable">
<thead><tr><th scope="col">Target</th><th scope="col">Requests</th><th scope="col">Failed</th><th scope="col">Never sent</th><th scope="col">Connections opened</th>${quantiles.map((quantile) => html`<th scope="col">${quantileName(quantile)}, ms</th>`)}<th scope="col">max, ms</th></tr></thead>
<tbody>${targets.map(row)}</tbody></table></div>`;
}

function row({
  target,
  requests,
  failures,
  dropped,
  connectionsOpened,
  quantiles,
  latencyMs,
}: ReportedComparedTarget): Markup {
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  const codes = Object.entries(failures).map(([code, count]) => `${grouped(count)} ${code}`);
  const cells = [
    grouped(requests),
    failed === 0 ? "0" : `${grouped(failed)} (${showShare(failed / Math.max(1, requests))})`,
  ];
  return html`<tr><th scope="row">${target}${codes.length === 0 ? null : html`<small>${codes.join(", ")}</small>`}</th>${[...cells, grouped(dropped), grouped(connectionsOpened)].map((cell) => html`<td>${cell}</td>`)}${quantiles.map(
    ({ valueMs, lowMs, highMs }) =>
      html`<td>${valueMs === null ? "–" : html`<b>${threeDigits(valueMs)}</b>${interval(lowMs, highMs)}`}</td>`,
  )}<td>${latencyMs === null ? "–" : threeDigits(latencyMs.max)}</td></tr>`;
}

const interval = (lowMs: number | null, highMs: number | null): Markup | null =>
  lowMs === null || highMs === null ? null : html`<small>${threeDigits(lowMs)}–${threeDigits(highMs)}</small>`;
