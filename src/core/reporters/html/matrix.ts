import { worstFirst } from "../load-tally.ts";
import type { ReportedCheck, ReportedTarget, RunReport } from "../run-report.ts";
import { checksOf, worst } from "../tally.ts";
import { anchor } from "./anchor.ts";
import { cellBadge, legend } from "./badge.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";

interface Column {
  readonly check: string;
  readonly title: string;
  readonly group: string;
  readonly firstOfGroup: boolean;
}

/** From here on the table scrolls under its head, and a cell that is well says no more than that. */
const manyTargets = 20;

/** Targets down, those in trouble first; checks across, by group. It grows downwards, as pages do. */
export const matrix: SectionMaker = (report) => {
  if (report.checks.length === 0) return [];
  const columns = columnsOf(report.checks);
  const cells = new Map(report.checks.map((check) => [`${check.target} ${check.check}`, check]));
  const many = report.targets.length > manyTargets;
  const body = html`<div class="scroll${many ? " many" : ""}" tabindex="0" role="region" aria-labelledby="matrix"><table class="matrix">
<thead><tr class="groups"><th scope="col" rowspan="2">Target</th>${groupHeads(columns)}</tr><tr>${columns.map(columnHead)}</tr></thead>
<tbody>${inTroubleFirst(report).map((target) => row(target, columns, cells, many))}</tbody></table></div>${legend()}`;
  return [{ id: "matrix", title: "Every target, every check", body }];
};

export const inTroubleFirst = (report: RunReport): readonly ReportedTarget[] =>
  worstFirst(report.targets.map((target) => ({ target, verdict: worst(checksOf(report, target.id)) }))).map(
    ({ target }) => target,
  );

function columnsOf(checks: readonly ReportedCheck[]): readonly Column[] {
  const seen = new Map<string, ReportedCheck>();
  for (const check of checks) if (!seen.has(check.check)) seen.set(check.check, check);
  const unique = [...seen.values()];
  const groups = [...new Set(unique.map(({ group }) => group))];
  return groups.flatMap((group) =>
    unique
      .filter((check) => check.group === group)
      .map(({ check, title }, index) => ({ check, title, group, firstOfGroup: index === 0 })),
  );
}

function groupHeads(columns: readonly Column[]): readonly Markup[] {
  return columns
    .filter(({ firstOfGroup }) => firstOfGroup)
    .map(({ group }) => {
      const width = columns.filter((column) => column.group === group).length;
      return html`<th scope="colgroup" colspan="${width}" class="first" title="${group}"><span>${group}</span></th>`;
    });
}

const columnHead = ({ check, title, firstOfGroup }: Column): Markup =>
  html`<th scope="col" class="check${firstOfGroup ? " first" : ""}" title="${title}"><span>${check.replaceAll("-", " ")}</span></th>`;

const row = (
  target: ReportedTarget,
  columns: readonly Column[],
  cells: ReadonlyMap<string, ReportedCheck>,
  terse: boolean,
): Markup =>
  html`<tr><th scope="row" class="target"><a href="#${anchor(target.id)}">${target.id}</a><small>${target.kind}</small></th>${columns.map((column) => cell(cells.get(`${target.id} ${column.check}`), column, terse))}</tr>`;

function cell(check: ReportedCheck | undefined, { title, firstOfGroup }: Column, terse: boolean): Markup {
  const place = firstOfGroup ? html` class="first"` : html``;
  if (check === undefined) return html`<td${place}></td>`;
  const well = check.verdict === "pass" || check.verdict === "skipped";
  const says = terse && well ? null : `${title}: ${check.summary}`;
  return html`<td${place}>${cellBadge(check.verdict, says)}</td>`;
}
