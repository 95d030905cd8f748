import { authWords } from "../load-words.ts";
import type { ReportedCheck, ReportedTarget, RunReport } from "../run-report.ts";
import { checksOf, isWell, worst } from "../tally.ts";
import { verdictCounts } from "../words.ts";
import { anchor, checkAnchor } from "./anchor.ts";
import { badge } from "./badge.ts";
import { isMany } from "./many.ts";
import { html, type Markup } from "./markup.ts";
import { inTroubleFirst } from "./matrix.ts";
import { measureWords } from "./measure-words.ts";
import type { SectionMaker } from "./section.ts";

export const targetDetails: SectionMaker = (report) =>
  report.checks.length === 0
    ? []
    : [
        {
          id: "targets",
          title: "Target by target",
          body: html`${lead(report)}${inTroubleFirst(report).map((target) => one(report, target))}`,
        },
      ];

const lead = (report: RunReport): Markup | null =>
  isMany(report)
    ? html`<p class="meta lead">What is in trouble; what is as it should be is told check by check, below.</p>`
    : null;

function one(report: RunReport, target: ReportedTarget): Markup {
  const checks = checksOf(report, target.id);
  const about = html`${badge(worst(checks))} <strong>${target.id}</strong> <span class="meta">${target.kind}, ${authWords(target.auth)}, ${target.origin}: ${verdictCounts(checks)}</span>`;
  const told = isMany(report) ? checks.filter(({ verdict }) => !isWell(verdict)) : checks;
  if (told.length === 0) return html`<p class="line" id="${anchor(target.id)}">${about}</p>`;
  return html`<details id="${anchor(target.id)}"><summary>${about}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${`Checks of ${target.id}`}"><table class="sortable"><thead><tr><th scope="col">Verdict</th><th scope="col">Check</th><th scope="col">What was found</th></tr></thead>
<tbody>${told.map(checkRow)}</tbody></table></div></details>`;
}

const checkRow = (check: ReportedCheck): Markup =>
  html`<tr id="${checkAnchor(check)}"><td>${badge(check.verdict)}</td><td>${title(check)}</td><td>${check.summary}${measures(check)}</td></tr>`;

/** What is in trouble has an address of its own, to be sent to whoever can mend it. */
const title = (check: ReportedCheck): Markup =>
  isWell(check.verdict) ? html`${check.title}` : html`<a href="#${checkAnchor(check)}">${check.title}</a>`;

function measures(check: ReportedCheck): Markup | null {
  const entries = Object.entries(check.measures);
  return entries.length === 0 ? null : html`<br><span class="measures">${measureWords(entries)}</span>`;
}
