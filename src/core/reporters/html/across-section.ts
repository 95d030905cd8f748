import {
  type AcrossGroup,
  acrossGroups,
  answerWords,
  differenceWords,
  intervalWords,
  showQuantile,
  sideWords,
} from "../across/across-words.ts";
import type { ReportedAcross, ReportedAcrossPair } from "../across/reported-across.ts";
import { acrossCurves, acrossDifferences } from "./across-charts.ts";
import { badge } from "./badge.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";

/** Saved runs side by side: how they differ, what else was not alike, and what may be concluded from it. */
export const acrossSection: SectionMaker = ({ across, loads }) =>
  across === undefined
    ? []
    : [
        {
          id: "across",
          title: "Saved runs side by side",
          body: html`${acrossGroups(across).map(groupTable)}${acrossDifferences(across)}${acrossCurves(across, loads)}${notAlike(across)}<div class="card"><ul>${across.warnings.map((warning) => html`<li>${warning}</li>`)}</ul></div>`,
        },
      ];

function groupTable({ target, a, b, measure, pairs }: AcrossGroup): Markup {
  const warnings = [...new Set(pairs.flatMap((pair) => pair.warnings))];
  return html`<h3>${target}: ${a} compared with ${b}</h3><div class="scroll" tabindex="0" role="region" aria-label="${`${target}: ${a} compared with ${b}`}"><table class="numbers">
<thead><tr><th scope="col">${measure} time</th><th scope="col">${b}, ms</th><th scope="col">${a}, ms</th><th scope="col">Difference</th><th scope="col">95% interval</th><th scope="col">On the targets</th></tr></thead>
<tbody>${pairs.map(row)}</tbody></table></div>${warnings.map((warning) => html`<p class="meta">${warning}</p>`)}`;
}

const row = (pair: ReportedAcrossPair): Markup =>
  html`<tr><th scope="row">${showQuantile(pair.quantile)}</th><td>${sideWords(pair.bMs)}</td><td>${sideWords(pair.aMs)}</td><td>${differenceWords(pair)}</td><td>${intervalWords(pair)}</td><td>${badge(pair.verdict === "inconclusive" ? "inconclusive" : "pass")} ${answerWords(pair)}</td></tr>`;

function notAlike({ differing, sides }: ReportedAcross): Markup {
  if (differing.length === 0) return html``;
  return html`<h3>What else was not alike</h3><div class="scroll" tabindex="0" role="region" aria-label="What else was not alike"><table>
<thead><tr><th scope="col">What</th>${sides.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${differing.map(({ fact, values }) => html`<tr><th scope="row">${fact}</th>${values.map((value) => html`<td>${value}</td>`)}</tr>`)}</tbody></table></div>`;
}
