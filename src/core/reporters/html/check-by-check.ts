import { type Group, groupBy } from "../group-by.ts";
import type { ReportedCheck } from "../run-report.ts";
import { isWell } from "../tally.ts";
import { verdictCounts } from "../words.ts";
import { safe } from "./anchor.ts";
import { badge } from "./badge.ts";
import { isMany } from "./many.ts";
import { html, type Markup } from "./markup.ts";
import { measureWords, showMeasure } from "./measure-words.ts";
import type { SectionMaker } from "./section.ts";

/** What is well at many targets: each sentence once, and after it the targets it was found at with the numbers of their own. */
export const checkByCheck: SectionMaker = (report) => {
  const well = report.checks.filter(({ verdict }) => isWell(verdict));
  if (!isMany(report) || well.length === 0) return [];
  const body = html`<p class="meta lead">What is as it should be, and where; what is in trouble is told target by target, above.</p>${groupBy(well, ({ check }) => check).map(one)}`;
  return [{ id: "checks", title: "Check by check", body }];
};

function one(checks: Group<ReportedCheck>): Markup {
  const [{ check, title }] = checks;
  const sentences = groupBy(checks, ({ verdict, summary }) => `${verdict} ${summary}`);
  const [alone, shared] = [
    sentences.filter(({ length }) => length === 1),
    sentences.filter(({ length }) => length > 1),
  ];
  return html`<details id="check-${safe(check)}"><summary><strong>${title}</strong> <span class="meta">${verdictCounts(checks)}</span></summary><div class="inner">${shared.map(told)}${alone.length === 0 ? null : oneByOne(alone.flat())}</div></details>`;
}

/** One sentence for several targets. What they measured alike is told with it. */
function told(checks: Group<ReportedCheck>): Markup {
  const [first] = checks;
  const names = Object.keys(first.measures);
  const alike = names.filter((name) => checks.every(({ measures }) => measures[name] === first.measures[name]));
  const own = [...new Set(checks.flatMap(({ measures }) => Object.keys(measures)))].filter(
    (name) => !alike.includes(name),
  );
  const same =
    alike.length === 0
      ? null
      : html` <span class="measures">${measureWords(alike.map((name) => [name, first.measures[name] ?? ""]))}</span>`;
  return html`<p>${badge(first.verdict)} ${first.summary}${same}</p>${own.length === 0 ? html`<p class="meta">${checks.map(({ target }) => target).join(", ")}</p>` : numbers(checks, own)}`;
}

const numbers = (checks: readonly ReportedCheck[], names: readonly string[]): Markup =>
  html`<table class="numbers"><thead><tr><th scope="col">Target</th>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${checks.map(({ target, measures }) => html`<tr><th>${target}</th>${names.map((name) => html`<td>${measures[name] === undefined ? "" : showMeasure(measures[name])}</td>`)}</tr>`)}</tbody></table>`;

/** Targets that each have a sentence of their own. */
const oneByOne = (checks: readonly ReportedCheck[]): Markup =>
  html`<table><tbody>${checks.map(({ target, verdict, summary, measures }) => html`<tr><td>${badge(verdict)}</td><th>${target}</th><td>${summary} <span class="measures">${measureWords(Object.entries(measures))}</span></td></tr>`)}</tbody></table>`;
