import type { ReportedCharge, ReportedCost } from "../../reported-comparison.ts";
import { grouped, threeDigits } from "../../show-number.ts";
import { html, type Markup } from "../markup.ts";
import { meter } from "../meter.ts";
import type { SectionMaker } from "../section.ts";
import { webLink } from "../web-link.ts";

/** What each path costs at what it carried: an estimate, with every line's price, date and source. */
export const costSection: SectionMaker = ({ comparison }) => {
  const costs = comparison?.cost ?? [];
  if (costs.length === 0) return [];
  const most = Math.max(1e-9, ...costs.map(({ monthUsd }) => monthUsd));
  const body = html`<p class="meta lead">An estimate from list prices seen ${seen(costs)}, never a quote. What was carried is taken to go on evenly for a month of 730 hours.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Cost of each path"><table class="numbers sortable"><thead><tr><th scope="col">Path</th><th scope="col">US$ a month</th><th scope="col">Side by side</th><th scope="col">US$ a million requests</th><th scope="col">Requests/s</th><th scope="col">Bytes, there and back</th><th scope="col">New connections/s</th><th scope="col">Open connections</th></tr></thead>
<tbody>${costs.map((cost) => pathRow(cost, most))}</tbody></table></div>
<details class="data after"><summary>Every line of these estimates, with its source</summary><div class="scroll" tabindex="0" role="region" aria-label="Lines of the estimates"><table class="numbers sortable"><thead><tr><th scope="col">Path</th><th scope="col">For</th><th scope="col">Units</th><th scope="col">US$ a month</th><th scope="col">Region</th><th scope="col">Seen</th><th scope="col">Trust</th><th scope="col">Source</th></tr></thead>
<tbody>${costs.map((cost) => html`${cost.charges.map((charge) => chargeRow(cost, charge))}`)}</tbody></table></div></details>
<ul class="meta after">${[...new Set(costs.flatMap(({ notes }) => notes))].map((note) => html`<li>${note}</li>`)}</ul>`;
  return [{ id: "cost", title: "What each path costs", body }];
};

function pathRow({ target, kind, carried, monthUsd, perMillionUsd }: ReportedCost, most: number): Markup {
  const cells = [
    perMillionUsd === null ? "–" : usd(perMillionUsd),
    threeDigits(carried.rate),
    html`${grouped(Math.round(carried.requestBytes))} + ${grouped(Math.round(carried.responseBytes))}`,
    threeDigits(carried.newConnectionsPerSecond),
    grouped(carried.activeConnections),
  ];
  return html`<tr><th scope="row">${target}<small>${kind}${carried.zones === null ? "" : `, ${carried.zones} zones`}; bytes ${carried.bytesFrom}</small></th><td><b>${usd(monthUsd)}</b></td><td>${meter(monthUsd / most, "s1")}</td>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
}

const chargeRow = ({ target }: ReportedCost, charge: ReportedCharge): Markup =>
  html`<tr><th scope="row">${target}</th><td class="words">${charge.what}</td><td>${grouped(Number(charge.units.toPrecision(4)))}</td><td>${usd(charge.usd)}</td><td>${charge.region}</td><td>${charge.asOf}</td><td>${trust[charge.trust]}</td><td>${webLink(charge.source)}</td></tr>`;

/** How far a price may be trusted, for people. */
const trust = {
  doc: "published",
  code: "in public code",
  ran: "measured",
  recalled: "from memory",
} as const satisfies Record<ReportedCharge["trust"], string>;

function seen(costs: readonly ReportedCost[]): string {
  const dates = [...new Set(costs.flatMap(({ charges }) => charges.map(({ asOf }) => asOf)))].sort();
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return "at no time";
  return first === last ? `in ${first}` : `from ${first} to ${last}`;
}

/** Cents where there are dollars, three digits where there are none. */
const usd = (dollars: number): string => (dollars >= 1 ? grouped(Number(dollars.toFixed(2))) : threeDigits(dollars));
