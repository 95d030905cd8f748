import { worstFirst } from "../load-tally.ts";
import type { ReportedCheck, ReportedTarget, RunReport } from "../run-report.ts";
import { checksOf, isWell, worst } from "../tally.ts";
import { targetClasses } from "../target-classes.ts";
import { plural } from "../words.ts";
import { anchor, checkAnchor } from "./anchor.ts";
import { cellBadge, legend, verdictNames } from "./badge.ts";
import { classCheckAnchor } from "./class-links.ts";
import { isMany } from "./many.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";

/** Of one check. */
export interface Column {
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
  const leadsTo = many ? classAnchors(report) : checkAnchor;
  const body = html`${onlyTrouble(report)}<div class="scroll fit${many ? " many" : ""}" tabindex="0" role="region" aria-label="Matrix of targets and checks"><table class="matrix${many ? " terse" : ""}">
<colgroup><col>${columns.map(({ firstOfGroup }) => html`<col${firstOfGroup ? html` class="first"` : null}>`)}</colgroup><thead><tr class="groups"><th scope="col" rowspan="2">Target</th>${groupHeads(columns)}</tr><tr>${columns.map(columnHead)}</tr></thead>
<tbody>${inTroubleFirst(report).map((target) => row(target, columns, { cells, leadsTo, terse: many }))}</tbody></table></div>${legend()}`;
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

/** Every check once, those of a group side by side. */
export function columnsOf(checks: readonly ReportedCheck[]): readonly Column[] {
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

interface Cells {
  /** By target and check. */
  readonly cells: ReadonlyMap<string, ReportedCheck>;
  /** The fragment of what was found, for what is in trouble. */
  readonly leadsTo: (check: ReportedCheck) => string;
  readonly terse: boolean;
}

/** Of many targets what is in trouble is told class by class. */
function classAnchors(report: RunReport): Cells["leadsTo"] {
  const byTarget = new Map(targetClasses(report).flatMap((one) => one.members.map(({ id }) => [id, one] as const)));
  return (check) => {
    const one = byTarget.get(check.target);
    return one === undefined ? anchor(check.target) : classCheckAnchor(one, check.check);
  };
}

const row = (target: ReportedTarget, columns: readonly Column[], cells: Cells): Markup => {
  const own = columns.map(({ check }) => cells.cells.get(`${target.id} ${check}`));
  const well = own.every((check) => check === undefined || isWell(check.verdict));
  return html`<tr${well ? html` class="well"` : null}><th scope="row"><a href="#${anchor(target.id)}">${target.id}</a><small>${target.kind}</small></th>${columns.map((column, index) => cell(own[index], column, cells))}</tr>`;
};

function cell(check: ReportedCheck | undefined, { title }: Column, { leadsTo, terse }: Cells): Markup {
  if (check === undefined) return html`<td class="none"></td>`;
  if (terse) return terseCell(check, leadsTo);
  const shown = cellBadge(check.verdict, `${title}: ${check.summary}`);
  return isWell(check.verdict) ? html`<td>${shown}</td>` : html`<td><a href="#${leadsTo(check)}">${shown}</a></td>`;
}

/** Words that the style sheet draws as glyphs, and nothing for what was skipped: thousands of badges would weigh half of the page. */
function terseCell(check: ReportedCheck, leadsTo: Cells["leadsTo"]): Markup {
  const { verdict } = check;
  if (verdict === "skipped") return html`<td></td>`;
  if (verdict === "pass") return html`<td>${verdictNames[verdict]}</td>`;
  return html`<td class="${verdict}"><a href="#${leadsTo(check)}">${verdictNames[verdict]}</a></td>`;
}
