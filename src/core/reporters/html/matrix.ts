import { worstFirst } from "../load-tally.ts";
import type { ReportedCheck, ReportedTarget, RunReport } from "../run-report.ts";
import { checksOf, isWell, worst } from "../tally.ts";
import { plural } from "../words.ts";
import { anchor, checkAnchor } from "./anchor.ts";
import { cellBadge, legend, verdictNames } from "./badge.ts";
import { isMany } from "./many.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";

interface Column {
  readonly check: string;
  readonly title: string;
  readonly group: string;
  readonly firstOfGroup: boolean;
}

/**
 * Targets down, those in trouble first; checks across, by group. It grows downwards, as pages do. Of many targets the table scrolls
 * under its head, and a cell that is well says no more than that.
 */
export const matrix: SectionMaker = (report) => {
  if (report.checks.length === 0) return [];
  const columns = columnsOf(report.checks);
  const cells = new Map(report.checks.map((check) => [`${check.target} ${check.check}`, check]));
  const many = isMany(report);
  const body = html`${onlyTrouble(report)}<div class="scroll fit${many ? " many" : ""}" tabindex="0" role="region" aria-label="Matrix of targets and checks"><table class="matrix${many ? " terse" : ""}">
<colgroup><col>${columns.map(({ firstOfGroup }) => html`<col${firstOfGroup ? html` class="first"` : null}>`)}</colgroup><thead><tr class="groups"><th scope="col" rowspan="2">Target</th>${groupHeads(columns)}</tr><tr>${columns.map(columnHead)}</tr></thead>
<tbody>${inTroubleFirst(report).map((target) => row(target, columns, cells, many))}</tbody></table></div>${legend()}`;
  return [{ id: "matrix", title: "Every target, every check", body }];
};

/** Style alone hides the rest, so it works without a script; where all or none are in trouble there is nothing to choose. */
function onlyTrouble(report: RunReport): Markup | null {
  const well = report.targets.filter(({ id }) => isWell(worst(checksOf(report, id)))).length;
  if (well === 0 || well === report.targets.length) return null;
  return html`<label class="choice"><input type="checkbox" class="only-trouble"> Only the ${plural(report.targets.length - well, "target")} in trouble</label>`;
}

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
      return html`<th scope="colgroup" colspan="${width}" title="${group}"><span>${group}</span></th>`;
    });
}

const columnHead = ({ check, title }: Column): Markup =>
  html`<th scope="col" class="check" title="${title}"><span>${check.replaceAll("-", " ")}</span></th>`;

const row = (
  target: ReportedTarget,
  columns: readonly Column[],
  cells: ReadonlyMap<string, ReportedCheck>,
  terse: boolean,
): Markup => {
  const own = columns.map(({ check }) => cells.get(`${target.id} ${check}`));
  const well = own.every((check) => check === undefined || isWell(check.verdict));
  return html`<tr${well ? html` class="well"` : null}><th scope="row" class="target"><a href="#${anchor(target.id)}">${target.id}</a><small>${target.kind}</small></th>${columns.map((column, index) => cell(own[index], column, terse))}</tr>`;
};

function cell(check: ReportedCheck | undefined, { title }: Column, terse: boolean): Markup {
  if (check === undefined) return html`<td class="none"></td>`;
  const { verdict } = check;
  // Words that the style sheet draws as glyphs: thousands of badges would weigh half of the page.
  if (terse && verdict === "pass") return html`<td>${verdictNames[verdict]}</td>`;
  if (terse && verdict === "skipped") return html`<td class="na">–</td>`;
  const shown = cellBadge(verdict, `${title}: ${check.summary}`);
  return isWell(verdict)
    ? html`<td>${shown}</td>`
    : html`<td class="bad"><a href="#${checkAnchor(check)}">${shown}</a></td>`;
}
