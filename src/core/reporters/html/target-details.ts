import { authWords } from "../load-words.ts";
import type { ReportedCheck, ReportedTarget, RunReport } from "../run-report.ts";
import { checksOf, isWell, worst } from "../tally.ts";
import { verdictCounts } from "../words.ts";
import { anchor, checkAnchor } from "./anchor.ts";
import { badge } from "./badge.ts";
import { isMany } from "./many.ts";
import { manyTargets } from "./many-targets.ts";
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
          body: isMany(report)
            ? manyTargets(report)
            : html`${inTroubleFirst(report).map((target) => one(report, target))}`,
        },
      ];

function one(report: RunReport, target: ReportedTarget): Markup {
  const checks = checksOf(report, target.id);
  return html`<details id="${anchor(target.id)}"><summary>${badge(worst(checks))} <strong>${target.id}</strong> <span class="meta">${target.kind}, ${authWords(target.auth)}, ${target.origin}: ${verdictCounts(checks)}</span></summary>
<div class="scroll" tabindex="0" role="region" aria-label="${`Checks of ${target.id}`}"><table class="sortable"><thead><tr><th scope="col">Verdict</th><th scope="col">Check</th><th scope="col">What was found</th></tr></thead>
<tbody>${checks.map(checkRow)}</tbody></table></div></details>`;
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
