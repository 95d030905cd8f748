import { clip } from "../clean.ts";
import type { ReportedCause, ReportedCheck } from "../run-report.ts";
import { troubles } from "../tally.ts";
import { badge } from "./badge.ts";
import { html, type Markup } from "./markup.ts";

/** Cards for as many as a person will read; the matrix and the tables have them all. */
const cardsMax = 60;

export function troubleCards(checks: readonly ReportedCheck[]): Markup {
  const all = troubles(checks);
  if (all.length === 0) return html``;
  const rest =
    all.length > cardsMax ? html`<p class="meta">${all.length - cardsMax} more are in the tables below.</p>` : null;
  return html`<section aria-labelledby="troubles"><h2 id="troubles">What is wrong, and what to do</h2>${all.slice(0, cardsMax).map(card)}${rest}</section>`;
}

const card = (check: ReportedCheck): Markup =>
  html`<article class="card trouble-${check.verdict}"><p class="where">${badge(check.verdict)} ${check.target} · ${check.title}</p>
<h3>${check.cause?.title ?? check.summary}</h3>${check.cause === null ? null : causeList(check, check.cause)}</article>`;

const causeList = (check: ReportedCheck, cause: ReportedCause): Markup => html`<dl>
<dt>Cause</dt><dd><code>${cause.code}</code> (${cause.confidence})</dd>
<dt>Found</dt><dd>${check.summary}</dd>
<dt>Evidence</dt><dd><ul>${cause.evidence.map((line) => html`<li class="wire">${clip(line, 2000)}</li>`)}</ul></dd>
<dt>Remedy</dt><dd>${cause.remedy}</dd>
${cause.alternatives.length === 0 ? null : html`<dt>Also possible</dt><dd>${cause.alternatives.map((code) => html`<code>${code}</code> `)}</dd>`}
<dt>Source</dt><dd>${link(cause.source)}</dd></dl>`;

/** Only what is a web address becomes a link; nothing that could carry script does. */
const link = (source: string): Markup =>
  /^https:\/\/[^\s"'<>]+$/.test(source) ? html`<a href="${source}" rel="noreferrer">${source}</a>` : html`${source}`;
