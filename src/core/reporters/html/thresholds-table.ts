import { loadNames, worstFirst } from "../load-tally.ts";
import type { ReportedThreshold, RunReport } from "../run-report.ts";
import { badge } from "./badge.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";

/** What was asked for and what was found; what failed comes first. Rules that many targets share are told side by side. */
export const thresholdsTable: SectionMaker = (report) => {
  if (report.thresholds.length === 0) return [];
  const tables = loadNames(report).map((load) => tableOf(report, load));
  const body = html`${tables}<p class="meta after">A percentile alone, such as <code>p99</code>, is of service time; <code>response p99</code> counts from when a request was due.</p>`;
  return [{ id: "thresholds", title: "Thresholds", body }];
};

function tableOf(report: RunReport, load: string): Markup {
  const thresholds = report.thresholds.filter((threshold) => threshold.load === load);
  const several = loadNames(report).length > 1;
  const rules = [...new Set(thresholds.map(({ rule }) => rule))];
  const targets = [...new Set(worstFirst(thresholds).map(({ target }) => target))];
  const table = targets.length > 1 ? byTarget(thresholds, targets, rules) : byRule(thresholds);
  return html`${several ? html`<h3>${load}</h3>` : null}<div class="scroll" tabindex="0" role="region" aria-label="${`Thresholds of ${load}`}">${table}</div>`;
}

const byRule = (thresholds: readonly ReportedThreshold[]): Markup => html`<table class="sortable">
<thead><tr><th scope="col">Verdict</th><th scope="col">Rule</th><th scope="col">Observed</th><th scope="col">Target</th></tr></thead>
<tbody>${worstFirst(thresholds).map(({ rule, observed, target, verdict }) => html`<tr><td>${badge(verdict)}</td><th scope="row"><code>${rule}</code></th><td><strong>${observed}</strong></td><td>${target}</td></tr>`)}</tbody></table>`;

function byTarget(
  thresholds: readonly ReportedThreshold[],
  targets: readonly string[],
  rules: readonly string[],
): Markup {
  const cell = (target: string, rule: string): Markup => {
    const found = thresholds.find((threshold) => threshold.target === target && threshold.rule === rule);
    return html`<td>${found === undefined ? null : html`${badge(found.verdict)} ${found.observed}`}</td>`;
  };
  return html`<table class="rules sortable"><thead><tr><th scope="col">Target</th>${rules.map((rule) => html`<th scope="col"><code>${rule}</code></th>`)}</tr></thead>
<tbody>${targets.map((target) => html`<tr><th scope="row">${target}</th>${rules.map((rule) => cell(target, rule))}</tr>`)}</tbody></table>`;
}
