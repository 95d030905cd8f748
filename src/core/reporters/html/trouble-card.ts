import { clip } from "../clean.ts";
import type { ReportedCause, ReportedCheck } from "../run-report.ts";
import { troubles } from "../tally.ts";
import { plural } from "../words.ts";
import { anchor } from "./anchor.ts";
import { badge } from "./badge.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";
import { webLink } from "./web-link.ts";

/** Cards for as many as a person will read; the matrix and the tables have them all. */
const cardsMax = 60;

/** What is wrong, the same trouble at many targets told once. */
export const troubleCards: SectionMaker = ({ checks }) => {
  const groups = alike(troubles(checks));
  if (groups.length === 0) return [];
  const rest =
    groups.length > cardsMax
      ? html`<p class="meta">${groups.length - cardsMax} more are in the tables below.</p>`
      : null;
  const body = html`${groups.slice(0, cardsMax).map(card)}${rest}`;
  return [{ id: "troubles", title: "What is wrong, and what to do", body }];
};

type Alike = readonly [ReportedCheck, ...ReportedCheck[]];

/** Of one check and one cause, with one remedy; in the order in which the first of them came. */
function alike(all: readonly ReportedCheck[]): readonly Alike[] {
  const groups = new Map<string, [ReportedCheck, ...ReportedCheck[]]>();
  for (const check of all) {
    const { cause } = check;
    const key = JSON.stringify([check.verdict, check.check, cause?.code, cause?.confidence, cause?.remedy]);
    const group = cause === null ? undefined : groups.get(key);
    if (group === undefined) groups.set(cause === null ? `${key} ${groups.size}` : key, [check]);
    else group.push(check);
  }
  return [...groups.values()];
}

function card(group: Alike): Markup {
  const [first, ...others] = group;
  const where = others.length === 0 ? first.target : plural(group.length, "target");
  return html`<article class="card trouble-${first.verdict}"><p class="where">${badge(first.verdict)} ${where} · ${first.title}</p>
<h3>${first.cause?.title ?? first.summary}</h3>${first.cause === null ? null : causeList(first, first.cause, others)}</article>`;
}

const causeList = (first: ReportedCheck, cause: ReportedCause, others: readonly ReportedCheck[]): Markup => html`<dl>
<dt>Cause</dt><dd><code>${cause.code}</code> (${cause.confidence})</dd>
${others.length === 0 ? null : html`<dt>Targets</dt><dd>${[first, ...others].map(({ target }) => html`<a class="chip" href="#${anchor(target)}">${target}</a> `)}</dd>`}
<dt>Found</dt><dd>${others.length === 0 ? null : html`<b>${first.target}</b>: `}${first.summary}</dd>
<dt>Evidence</dt><dd>${evidence(cause)}${others.length === 0 ? null : ofOthers(others)}</dd>
<dt>Remedy</dt><dd>${cause.remedy}</dd>
${cause.alternatives.length === 0 ? null : html`<dt>Also possible</dt><dd>${cause.alternatives.map((code) => html`<code>${code}</code> `)}</dd>`}
<dt>Source</dt><dd>${webLink(cause.source)}</dd></dl>`;

const evidence = ({ evidence: lines }: ReportedCause): Markup =>
  html`<ul>${lines.map((line) => html`<li class="wire">${clip(line, 2000)}</li>`)}</ul>`;

const ofOthers = (others: readonly ReportedCheck[]): Markup =>
  html`<details class="data"><summary>The same at ${plural(others.length, "other target")}</summary><dl class="inner">${others.map((check) => html`<dt>${check.target}</dt><dd>${check.summary}${check.cause === null ? null : evidence(check.cause)}</dd>`)}</dl></details>`;
