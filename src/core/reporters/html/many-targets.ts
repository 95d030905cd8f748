import { groupBy } from "../group-by.ts";
import { worstFirst } from "../load-tally.ts";
import { authWords } from "../load-words.ts";
import type { ReportedCheck, ReportedTarget, RunReport } from "../run-report.ts";
import { isWell } from "../tally.ts";
import { type TargetClass, targetClasses } from "../target-classes.ts";
import { plural, verdictCounts } from "../words.ts";
import { anchor } from "./anchor.ts";
import { badge } from "./badge.ts";
import { classAnchor, classCheckAnchor, className } from "./class-links.ts";
import { html, type Markup } from "./markup.ts";
import { toldAlike } from "./told-alike.ts";

/** Of many targets: those that came to the same together, what is in trouble at them, and who they are. */
export const manyTargets = (report: RunReport): Markup =>
  html`<p class="meta lead">Targets of one kind that came to the same verdicts are told together, those in trouble first. What is as it should be is told check by check, below.</p>${worstFirst(targetClasses(report)).map(one)}`;

function one(alike: TargetClass): Markup {
  const { members, verdict, checks } = alike;
  const [{ kind, auth, id }] = members;
  const each = verdictCounts(checks.filter(({ target }) => target === id));
  return html`<details id="${classAnchor(alike)}"><summary>${badge(verdict)} <strong>${className(alike)}</strong> <span class="meta">${kind}, ${authWords(auth)}: ${members.length === 1 ? "" : "each "}${each}</span></summary>${troublesOf(alike)}
<div class="inner"><table><thead><tr><th scope="col">${members.length === 1 ? "Target" : plural(members.length, "target")}</th><th scope="col">Origin</th></tr></thead><tbody>${members.map(memberRow)}</tbody></table></div></details>`;
}

const memberRow = ({ id, origin }: ReportedTarget): Markup =>
  html`<tr id="${anchor(id)}"><th scope="row">${id}</th><td>${origin}</td></tr>`;

function troublesOf(alike: TargetClass): Markup | null {
  const bad = alike.checks.filter(({ verdict }) => !isWell(verdict));
  if (bad.length === 0) return null;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${`What is in trouble at ${className(alike)}`}"><table><thead><tr><th scope="col">Verdict</th><th scope="col">Check</th><th scope="col">What was found</th></tr></thead>
<tbody>${groupBy(bad, ({ check }) => check).map(([first, ...others]) => troubleRow(alike, [first, ...others]))}</tbody></table></div>`;
}

/** Each sentence once, after the names of its targets where it is not what was found at all of them. */
function troubleRow(alike: TargetClass, checks: readonly [ReportedCheck, ...ReportedCheck[]]): Markup {
  const [{ verdict, check, title }] = checks;
  const told = toldAlike(checks, alike.members);
  const at = classCheckAnchor(alike, check);
  const sentences = told.map(({ says, measures, checks: found }, index) => {
    const names = told.length === 1 ? null : html`<b>${found.map(({ target }) => target).join(", ")}</b>: `;
    return html`${index === 0 ? null : html`<br>`}${names}${says}${measures === "" ? null : html` <span class="measures">${measures}</span>`}`;
  });
  return html`<tr id="${at}"><td>${badge(verdict)}</td><td><a href="#${at}">${title}</a></td><td>${sentences}</td></tr>`;
}
