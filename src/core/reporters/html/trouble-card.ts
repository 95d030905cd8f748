import { clip } from "../clean.ts";
import { type Group, groupBy } from "../group-by.ts";
import type { ReportedCause, ReportedCheck, RunReport } from "../run-report.ts";
import { troubles } from "../tally.ts";
import { namedBy, targetClasses } from "../target-classes.ts";
import { plural } from "../words.ts";
import { anchor } from "./anchor.ts";
import { badge } from "./badge.ts";
import { classAnchor, className } from "./class-links.ts";
import { differingWords } from "./differing-words.ts";
import { isMany } from "./many.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";
import { webLink } from "./web-link.ts";

/** Cards for as many as a person will read; the matrix and the tables have them all. */
const cardsMax = 60;

/** What is wrong, the same trouble at many targets told once. */
export const troubleCards: SectionMaker = (report) => {
  const groups = alike(troubles(report.checks));
  if (groups.length === 0) return [];
  const rest =
    groups.length > cardsMax
      ? html`<p class="meta">${groups.length - cardsMax} more are in the tables below.</p>`
      : null;
  const body = html`${groups.slice(0, cardsMax).map((group) => card(group, chipsOf(report)))}${rest}`;
  return [{ id: "troubles", title: "What is wrong, and what to do", body }];
};

/** Of one check and one cause, with one remedy; in the order in which the first of them came. */
const alike = (all: readonly ReportedCheck[]): readonly Group<ReportedCheck>[] =>
  groupBy(all, ({ verdict, check, target, cause }) =>
    JSON.stringify([verdict, check, cause === null ? target : [cause.code, cause.confidence, cause.remedy]]),
  );

function card(group: Group<ReportedCheck>, chips: Chips): Markup {
  const [first, ...others] = group;
  const where = others.length === 0 ? first.target : plural(group.length, "target");
  return html`<article class="card trouble-${first.verdict}"><p class="where">${badge(first.verdict)} ${where} · ${first.title}</p>
<h3>${first.cause?.title ?? first.summary}</h3>${first.cause === null ? null : causeList(first, first.cause, others, chips)}</article>`;
}

type Chips = (targets: readonly string[]) => Markup;

/** A link a target; of many targets, a link to each class of those that came to the same. */
function chipsOf(report: RunReport): Chips {
  const classes = isMany(report) ? targetClasses(report) : [];
  return (targets) => {
    const { classes: whole, others } = namedBy(classes, targets);
    const links = [
      ...whole.map((one) => [classAnchor(one), className(one)] as const),
      ...others.map((target) => [anchor(target), target] as const),
    ];
    return html`${links.map(([to, name]) => html`<a class="chip" href="#${to}">${name}</a> `)}`;
  };
}

const causeList = (
  first: ReportedCheck,
  cause: ReportedCause,
  others: readonly ReportedCheck[],
  chips: Chips,
): Markup => html`<dl>
<dt>Cause</dt><dd><code>${cause.code}</code> (${cause.confidence})</dd>
${others.length === 0 ? null : html`<dt>Targets</dt><dd>${chips([first, ...others].map(({ target }) => target))}</dd>`}
<dt>Found</dt><dd>${others.length === 0 ? null : html`<b>${first.target}</b>: `}${first.summary}</dd>
<dt>Evidence</dt><dd>${evidence(cause)}${others.length === 0 ? null : ofOthers(first, others)}</dd>
<dt>Remedy</dt><dd>${cause.remedy}</dd>
${cause.alternatives.length === 0 ? null : html`<dt>Also possible</dt><dd>${cause.alternatives.map((code) => html`<code>${code}</code> `)}</dd>`}
<dt>Source</dt><dd>${webLink(cause.source)}</dd></dl>`;

const evidence = ({ evidence: lines }: ReportedCause): Markup =>
  html`<ul>${lines.map((line) => html`<li class="wire">${clip(line, 2000)}</li>`)}</ul>`;

/** Of each only what differs from the first, and those that do not differ together. */
function ofOthers(first: ReportedCheck, others: readonly ReportedCheck[]): Markup {
  const told = others.map((check) => ({ target: check.target, lines: linesBeside(check, first) }));
  const groups = groupBy(told, ({ lines }) => JSON.stringify(lines));
  if (told.every(({ lines }) => lines.length === 0))
    return html`<p class="meta">The very same at ${plural(others.length, "other target")}.</p>`;
  return html`<details class="data"><summary>The same at ${plural(others.length, "other target")}; what differs</summary><dl class="inner">${groups.map((group) => html`<dt>${group.map(({ target }) => target).join(", ")}</dt><dd class="wire">${group[0].lines.length === 0 ? "nothing" : clip(group[0].lines.join("\n"), 2000)}</dd>`)}</dl></details>`;
}

/** Of a summary and its evidence what is said otherwise than at the first target. */
function linesBeside(check: ReportedCheck, first: ReportedCheck): readonly string[] {
  const [own, like] = [check, first].map(({ summary, cause }) => [summary, ...(cause?.evidence ?? [])]);
  return (own ?? []).map((line, index) => differingWords(line, like?.[index] ?? "")).filter((line) => line !== "");
}
