import type { IdleRow, ReuseRate } from "#core/statistics/ledger-figures.ts";
import { badOf, connectionWords, endsByCount, seenByWords, showIdle, showOffset, showRate } from "../ledger-words.ts";
import { subjectOf } from "../load-words.ts";
import type { ReportedLedger, ReportedLoad } from "../run-report.ts";
import { grouped } from "../show-number.ts";
import { showElapsed } from "../show-time.ts";
import { plural } from "../words.ts";
import { showMsTick } from "./charts/curve.ts";
import { rangeLane } from "./charts/durations-chart.ts";
import { idleChart } from "./charts/idle-chart.ts";
import { lanesPlot } from "./charts/lanes.ts";
import { logAxis } from "./charts/scale.ts";
import { html, type Markup } from "./markup.ts";
import { meter } from "./meter.ts";

/** The ledger of reuse: what it cost by idle time and around the timer, and how connections lived. */
export function ledgerView(load: ReportedLoad): Markup {
  const { ledger } = load;
  if (ledger === undefined) return html``;
  const { idle, window, seenBy } = ledger;
  return html`<h4>What reuse cost, by how long the connection had been idle</h4>
<p class="meta">Requests on a kept connection, and those of them that it cost: it died without a byte of answer${seenBy === "virtual-user" ? ", or the transport seems to have sent them again without a word" : ""}. Rates with the interval that holds the true one in 95 of 100 runs. ${seenByWords[seenBy]}</p>
${idle.length === 0 ? html`<p class="meta">No connection was used twice.</p>` : charted("Idle time", `Stale reuse at ${subjectOf(load)} by idle time`, idle, showIdle)}${
  window === null
    ? null
    : html`<h4>Around the idle timer of ${grouped(window.timerMs / 1000)} s</h4>${charted(
        "Idle time beside it",
        `Stale reuse at ${subjectOf(load)} around the idle timer`,
        window.rows,
        (row) => showOffset(row, window.timerMs),
      )}`
}${lives(load, ledger)}`;
}

const charted = (name: string, label: string, rows: readonly IdleRow[], show: (row: IdleRow) => string): Markup =>
  html`${idleChart(label, rows, show)}${table(name, label, rows, show)}`;

function table(name: string, label: string, rows: readonly IdleRow[], show: (row: IdleRow) => string): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="numbers">
<thead><tr><th scope="col" rowspan="2">${name}</th><th scope="colgroup" colspan="3" class="over">GET and others that may be sent again</th><th scope="colgroup" colspan="3" class="over">POST and others that may not</th><th scope="col" rowspan="2">Ended idle by the peer</th></tr>
<tr>${[0, 1].map(() => html`<th scope="col">Requests</th><th scope="col">Lost</th><th scope="col">Rate</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr><th scope="row">${show(row)}</th>${cells(row.idempotent)}${cells(row.other)}<td>${row.ended === 0 ? "–" : grouped(row.ended)}</td></tr>`)}</tbody></table></div>`;
}

function cells(rate: ReuseRate): Markup {
  const { requests, suspectedRetries } = rate;
  if (requests === 0) return html`<td>–</td><td>–</td><td>–</td>`;
  const suspected = suspectedRetries === 0 ? "" : ` (${grouped(suspectedRetries)} suspected)`;
  return html`<td>${grouped(requests)}</td><td>${grouped(badOf(rate))}${suspected}</td><td>${showRate(rate)}</td>`;
}

function lives(load: ReportedLoad, ledger: ReportedLedger): Markup {
  const { ends, served } = ledger.connections;
  const label = `How connections to ${subjectOf(load)} ended and what they served`;
  const { open = 0, ...others } = ends;
  const endRows = [
    ...endsByCount(others).map(({ name, count }) => [`Ended ${name}`, count] as const),
    ...(open === 0 ? [] : [["Stayed open to the end of the load", open] as const]),
  ];
  const servedRows = served.map(
    ({ from, to, connections }) =>
      [
        `Served ${from === to ? plural(from, "request") : `${grouped(from)} to ${grouped(to)} requests`}`,
        connections,
      ] as const,
  );
  const most = Math.max(1, ...[...endRows, ...servedRows].map(([, count]) => count));
  return html`<h4>The lives of the connections</h4><p>${connectionWords(ledger)}.</p>${ageChart(load, ledger)}
<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="numbers">
<thead><tr><th scope="col">Connections that</th><th scope="col">Count</th><th scope="col">Side by side</th></tr></thead>
<tbody>${[...endRows, ...servedRows].map(([name, count]) => html`<tr><th scope="row">${name}</th><td>${grouped(count)}</td><td>${meter(count / most, "opened")}</td></tr>`)}</tbody></table></div>`;
}

/** How old connections were when they ended; those still open at the end are in none of it. */
function ageChart(load: ReportedLoad, { connections: { ageMs } }: ReportedLedger): Markup | null {
  if (ageMs === null) return null;
  const ends = [ageMs.p50, ageMs.max];
  return lanesPlot({
    says: `Age of connections to ${subjectOf(load)} when they ended: ${ends.map((age) => showElapsed(age)).join(" at the median, ")} at most.`,
    x: logAxis(Math.min(...ends), Math.max(...ends), (ms) => (ms < 1000 ? showMsTick(ms) : showElapsed(ms))),
    under: html``,
    lanes: [rangeLane("age at the end", ageMs, logAxis(Math.min(...ends), Math.max(...ends), showMsTick))],
  });
}
