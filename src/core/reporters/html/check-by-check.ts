import { type Group, groupBy } from "../group-by.ts";
import type { OverallVerdict, ReportedCheck, ReportedTarget } from "../run-report.ts";
import { isWell } from "../tally.ts";
import { type TargetClass, targetClasses } from "../target-classes.ts";
import { verdictCounts } from "../words.ts";
import { safe } from "./anchor.ts";
import { badge } from "./badge.ts";
import { foundAt } from "./class-links.ts";
import { isMany } from "./many.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";
import { type Told, toldAlike } from "./told-alike.ts";

/** What is well at many targets: each sentence once, and where it was found. */
export const checkByCheck: SectionMaker = (report) => {
  const well = report.checks.filter(({ verdict }) => isWell(verdict));
  if (!isMany(report) || well.length === 0) return [];
  const classes = targetClasses(report);
  const body = html`<p class="meta lead">What is as it should be, and where; what is in trouble is told target by target, above.</p>${groupBy(well, ({ check }) => check).map((checks) => one(checks, report.targets, classes))}`;
  return [{ id: "checks", title: "Check by check", body }];
};

function one(
  checks: Group<ReportedCheck>,
  targets: readonly ReportedTarget[],
  classes: readonly TargetClass[],
): Markup {
  const [{ check, title }] = checks;
  const told = toldAlike(checks, targets);
  const shared = told.filter(({ checks: found }) => found.length > 1);
  const alone = groupBy(
    told.filter(({ checks: found }) => found.length === 1),
    ({ checks: [{ verdict }] }) => verdict,
  );
  return html`<details id="check-${safe(check)}"><summary><strong>${title}</strong> <span class="meta">${verdictCounts(checks)}</span></summary><div class="inner">${shared.map((one) => together(one, classes))}${alone.map(oneByOne)}</div></details>`;
}

const together = ({ says, measures, checks }: Told, classes: readonly TargetClass[]): Markup =>
  html`<p>${badge(checks[0].verdict)} ${says}${measured(measures)}</p><p class="meta">${foundAt(
    classes,
    checks.map(({ target }) => target),
  )}</p>`;

/** Targets that each have a sentence of their own. */
const oneByOne = (told: Group<Told>): Markup =>
  html`<p>${badge(verdictOf(told))} each by itself</p><table><tbody>${told.map(({ says, measures, checks: [{ target }] }) => html`<tr><th scope="row">${target}</th><td>${says}${measured(measures)}</td></tr>`)}</tbody></table>`;

const verdictOf = ([{ checks }]: Group<Told>): OverallVerdict => checks[0].verdict;

const measured = (measures: string): Markup | null =>
  measures === "" ? null : html` <span class="measures">${measures}</span>`;
