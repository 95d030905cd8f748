import type { ReportedCheck, ReportedTarget, RunReport } from "../run-report.ts";
import { anchor } from "./anchor.ts";
import { cellBadge, legend } from "./badge.ts";
import { html, type Markup } from "./markup.ts";

interface Column {
  readonly check: string;
  readonly title: string;
  readonly firstOfGroup: boolean;
}

/** Targets down, checks across: it grows downwards, as pages do. */
export function matrix(report: RunReport): Markup {
  const columns = columnsOf(report.checks);
  const cells = new Map(report.checks.map((check) => [`${check.target} ${check.check}`, check]));
  return html`<section><h2 id="matrix">Every target, every check</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="matrix"><table class="matrix">
<thead><tr><th scope="col">Target</th>${columns.map(columnHead)}</tr></thead>
<tbody>${report.targets.map((target) => row(target, columns, cells))}</tbody></table></div>${legend()}</section>`;
}

function columnsOf(checks: readonly ReportedCheck[]): readonly Column[] {
  const seen = new Map<string, ReportedCheck>();
  for (const check of checks) if (!seen.has(check.check)) seen.set(check.check, check);
  const unique = [...seen.values()];
  const groups = [...new Set(unique.map(({ group }) => group))];
  return groups.flatMap((group) =>
    unique
      .filter((check) => check.group === group)
      .map(({ check, title }, index) => ({ check, title, firstOfGroup: index === 0 })),
  );
}

const columnHead = ({ check, title, firstOfGroup }: Column): Markup =>
  html`<th scope="col" class="check${firstOfGroup ? " first" : ""}" title="${title}"><span>${check.replaceAll("-", " ")}</span></th>`;

const row = (target: ReportedTarget, columns: readonly Column[], cells: ReadonlyMap<string, ReportedCheck>): Markup =>
  html`<tr><th scope="row" class="target"><a href="#${anchor(target.id)}">${target.id}</a><small>${target.kind}</small></th>${columns.map((column) => cell(cells.get(`${target.id} ${column.check}`), column))}</tr>`;

function cell(check: ReportedCheck | undefined, { title, firstOfGroup }: Column): Markup {
  const shown = check ? cellBadge(check.verdict, `${title}: ${check.summary}`) : html``;
  return html`<td class="${firstOfGroup ? "first" : ""}">${shown}</td>`;
}
