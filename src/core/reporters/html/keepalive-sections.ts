import { asked, endWord, furtherWords, idleTime, layerWord } from "../keepalive-words.ts";
import type { ReportedAdvice, ReportedIdle, ReportedKeepalive } from "../reported-keepalive.ts";
import { idleTimeoutChart } from "./charts/idle-timeout-chart.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";

/** How long connections live, target by target, and how clients are to be set for that. */
export const keepaliveSections: SectionMaker = ({ keepalive = [] }) =>
  keepalive.length === 0
    ? []
    : [{ id: "keepalive", title: "How long connections may be kept", body: html`${keepalive.map(card)}` }];

const card = (one: ReportedKeepalive): Markup => html`<article class="card"><h3>${asked(one)}</h3>
${one.idle.length === 0 ? null : html`${idleTimeoutChart(one.target, one.idle)}${idleTable(one.target, one.idle)}`}${further(one)}${one.advice === null ? null : advice(one.advice)}</article>`;

const idleTable = (target: string, idle: readonly ReportedIdle[]): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${`Idle timeouts of ${target}`}"><table>
<thead><tr><th scope="col">Address</th><th scope="col">Protocol</th><th scope="col">Idle timeout</th><th scope="col">Ends by</th><th scope="col">Timer of</th></tr></thead>
<tbody>${idle.map((row) => html`<tr><td>${row.address}</td><td>${row.protocol}</td><td>${idleTime(row)}</td><td>${endWord(row)}</td><td>${layerWord(row)}</td></tr>`)}</tbody></table></div>`;

function further(one: ReportedKeepalive): Markup | null {
  const lines = furtherWords(one);
  return lines.length === 0 ? null : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

const advice = ({ summary, reasons, retry, snippets }: ReportedAdvice): Markup => html`<p><b>${summary}</b></p>
<ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>
<details class="data"><summary>When a request may be sent again</summary><ul>${retry.map((rule) => html`<li>${rule}</li>`)}</ul></details>
${snippets.map(snippet)}`;

const snippet = ({ title, code, notes }: ReportedAdvice["snippets"][number]): Markup =>
  html`<details class="data"><summary>${title}</summary><pre tabindex="0">${code}</pre><ul>${notes.map((note) => html`<li>${note}</li>`)}</ul></details>`;
