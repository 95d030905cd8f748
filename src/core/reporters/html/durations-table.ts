import { durationMeanings, subjectOf } from "../load-words.ts";
import type { Quantiles, ReportedLoad } from "../run-report.ts";
import { threeDigits } from "../show-number.ts";
import { html, type Markup } from "./markup.ts";

type Name = keyof typeof durationMeanings;

/** Side by side, each with what it means. */
export function durationsTable(load: ReportedLoad): Markup {
  const all: readonly (readonly [Name, string, Quantiles | null])[] = [
    ["service", "Service", load.serviceMs],
    ["response", "Response", load.responseMs],
    ["connect", "Connect", load.connectMs],
    ["tls", "TLS", load.tlsMs],
  ];
  const label = `Durations at ${subjectOf(load)}`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="numbers durations">
<thead><tr><th scope="col">Milliseconds</th>${["mean", "p50", "p90", "p95", "p99", "p99.9", "max"].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${all.map(([name, title, quantiles]) => row(name, title, quantiles, whyNone(load, name)))}</tbody></table></div>`;
}

const row = (name: Name, title: string, quantiles: Quantiles | null, why: string): Markup =>
  html`<tr><th scope="row">${title}<small>${durationMeanings[name]}</small></th>${quantiles === null ? html`<td colspan="7" class="none">${why}</td>` : cells(quantiles)}</tr>`;

const cells = ({ mean, p50, p90, p95, p99, p999, max }: Quantiles): Markup =>
  html`${[mean, p50, p90, p95, p99, p999, max].map((value) => html`<td>${threeDigits(value)}</td>`)}`;

function whyNone(load: ReportedLoad, name: Name): string {
  if (load.foreign !== undefined) return "not told";
  return load.serviceMs === null && name === "response" ? absences.service : absences[name];
}

const absences = {
  service: "no request was answered as expected",
  response: "none: this workload has no due times",
  connect: "no connection was opened in the measured phase",
  tls: "no TLS handshake in the measured phase",
} as const satisfies Record<Name, string>;
