import {
  allChanges,
  byWords,
  dateOf,
  failingSentence,
  failingSince,
  nowFailing,
  seriesGroups,
  showValue,
  type ToldChange,
} from "../history/history-words.ts";
import type { ReportedChange, ReportedChecked, ReportedHistory } from "../history/reported-history.ts";
import { badge, cellBadge } from "./badge.ts";
import { runsEach, trendChart } from "./charts/trend-chart.ts";
import { html, type Markup } from "./markup.ts";
import type { Section, SectionMaker } from "./section.ts";

/** What changed, then every figure over time, then what checks said. */
export const historySections: SectionMaker = ({ history }) =>
  history === undefined ? [] : [changesSection(history), ...trends(history), ...checkedSection(history)];

const changesSection = (history: ReportedHistory): Section => ({
  id: "changes",
  title: "What changed",
  body: html`${nowFailing(history).map((checked) => html`<p>${badge("fail")} ${failingSentence(history, checked)}.</p>`)}${changesTable(history)}<div class="card"><ul>${history.warnings.map((warning) => html`<li>${warning}</li>`)}</ul></div>`,
});

function changesTable(history: ReportedHistory): Markup {
  const changes = allChanges(history);
  if (changes.length === 0) return html`<p>No figure has changed its level in these ${history.runs.length} runs.</p>`;
  const explained = changes.some(({ change }) => change.alongside.length > 0);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Every change, the newest first"><table class="numbers sortable">
<thead><tr><th scope="col">Since the run of</th><th scope="col" class="words">Target</th><th scope="col" class="words">Load</th><th scope="col" class="words">Figure</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">By</th><th scope="col">By chance</th><th scope="col" class="words">It got</th>${explained ? html`<th scope="col" class="words">What else changed with it</th>` : null}</tr></thead>
<tbody>${changes.map((told) => changeRow(history, told, explained))}</tbody></table></div>`;
}

const verdicts = { worse: "fail", better: "pass", other: "skipped" } as const satisfies Record<
  ReportedChange["direction"],
  string
>;

/** A change that something else explains is nobody's success or failure. */
const wordFor = ({ direction, alongside }: ReportedChange): Markup =>
  html`<span class="badge ${alongside.length > 0 ? "inconclusive" : verdicts[direction]}">${direction}</span>`;

const changeRow = (history: ReportedHistory, { series, change }: ToldChange, explained: boolean): Markup =>
  html`<tr><th scope="row">${dateOf(history, change.run)}</th><td class="words">${series.target}</td><td class="words">${series.load}</td><td class="words">${series.metric}</td><td>${showValue(series.unit, change.before)}</td><td>${showValue(series.unit, change.after)}</td><td>${byWords(series, change)}</td><td>p = ${change.pValue.toPrecision(1)}</td><td class="words">${wordFor(change)}</td>${explained ? html`<td class="words">${change.alongside.join(", ")}</td>` : null}</tr>`;

function trends(history: ReportedHistory): readonly Section[] {
  const groups = seriesGroups(history);
  if (groups.length === 0) return [];
  return [
    {
      id: "trends",
      title: "Over time",
      body: html`<div class="card">${groups.map((group) => trendChart(history, group, runsEach(history, groups.length)))}</div>`,
    },
  ];
}

/** As many as anyone reads across. */
const shownMax = 30;

function checkedSection(history: ReportedHistory): readonly Section[] {
  if (history.checked.length === 0) return [];
  const body = html`<div class="scroll" tabindex="0" role="region" aria-label="Checks, run by run"><table class="strips sortable">
<thead><tr><th scope="col">Target</th><th scope="col">Now</th><th scope="col">Since</th><th scope="col">Why</th><th scope="col">The last runs, the newest first</th></tr></thead>
<tbody>${history.checked.map((checked) => checkedRow(history, checked))}</tbody></table></div>`;
  return [{ id: "checked", title: "Checks over time", body }];
}

function checkedRow(history: ReportedHistory, { target, verdicts: said }: ReportedChecked): Markup {
  const now = said.at(-1);
  if (now === undefined) return html``;
  const since = failingSince(said) ?? said.findLastIndex(({ verdict }) => verdict !== now.verdict) + 1;
  const newest = said.slice(-shownMax).toReversed();
  return html`<tr><th scope="row">${target}</th><td>${badge(now.verdict)}</td><td>${dateOf(history, said[since]?.run ?? now.run)}</td><td>${said[since]?.cause ?? ""}</td><td>${newest.map(({ verdict, run }) => html`${cellBadge(verdict, dateOf(history, run))} `)}</td></tr>`;
}
