import { groupBy } from "../group-by.ts";
import type { ReportedTarget, RunReport } from "../run-report.ts";
import { threeDigits } from "../show-number.ts";
import { isMany } from "./many.ts";
import { html, type Markup } from "./markup.ts";
import { columnsOf, inTroubleFirst } from "./matrix.ts";
import type { SectionMaker } from "./section.ts";

const phases = ["dns", "connect", "tls", "send", "wait", "receive", "service"];

/** Whether a measure is how long a part of a request took, in milliseconds. */
export const isTime = (measure: string): boolean => measure.endsWith("Ms") && phases.includes(measure.slice(0, -2));

interface Time {
  readonly check: string;
  readonly measure: string;
}

/** How long everything took at each of many targets; of few, each target's own table says it. */
export const timesTable: SectionMaker = (report) => {
  const columns = timesOf(report);
  if (!isMany(report) || columns.length === 0) return [];
  const times = new Map(report.checks.map(({ target, check, measures }) => [`${target} ${check}`, measures]));
  const body = html`<p class="meta lead">Milliseconds. Single requests, sent side by side: they tell what stands out, not how long requests take; that is what a load is for.</p>
<div class="scroll fit many" tabindex="0" role="region" aria-label="How long every check took at every target"><table class="matrix times">
<thead><tr><th scope="col">Target</th>${columns.map(columnHead)}</tr></thead>
<tbody>${inTroubleFirst(report).map((target) => row(target, columns, times))}</tbody></table></div>`;
  return [{ id: "times", title: "How long each check took", body }];
};

function timesOf({ checks }: RunReport): readonly Time[] {
  const byCheck = new Map(groupBy(checks, ({ check }) => check).map((group) => [group[0].check, group]));
  return columnsOf(checks).flatMap(({ check }) => {
    const measures = new Set((byCheck.get(check) ?? []).flatMap(({ measures }) => Object.keys(measures)));
    return [...measures].filter(isTime).map((measure) => ({ check, measure }));
  });
}

const columnHead = ({ check, measure }: Time): Markup => {
  const part = measure.slice(0, -2);
  return html`<th scope="col" class="check"><span>${check.replaceAll("-", " ")}${part === "service" ? "" : `: ${part}`}</span></th>`;
};

type Measured = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

const row = ({ id }: ReportedTarget, columns: readonly Time[], times: Measured): Markup =>
  html`<tr><th scope="row">${id}</th>${columns.map(({ check, measure }) => html`<td>${show(times.get(`${id} ${check}`)?.[measure])}</td>`)}</tr>`;

const show = (time: unknown): string => (typeof time === "number" ? threeDigits(time) : "");
